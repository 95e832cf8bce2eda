package io.fovea.export;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Verdict;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Judge;
import io.fovea.learning.Learning;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.training.Scoring;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.weights.NonFinite;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A trained network, judged on pictures that it has never seen, ready to be written as a bundle. Immutable.
 *
 * <p>It is judged on the test split; a dataset without one is judged on its validation split, and {@link #split} says so.
 */
public final class TrainedModel {

    private final ModelParts parts;
    private final Dataset dataset;
    private final Origin origin;
    private final Split split;
    private final Map<Integer, float[]> outputs; // [W] of pictures that may become golden, by position
    private final Map<Split, float[]> features; // [N, D] where known
    private final Verdict verdict;
    private final List<Measurement> further;

    private TrainedModel(
            ModelParts parts,
            Dataset dataset,
            Origin origin,
            Split split,
            Map<Integer, float[]> outputs,
            Map<Split, float[]> features,
            Verdict verdict,
            List<Measurement> further) {
        checkFinite(parts);
        this.parts = parts;
        this.dataset = dataset;
        this.origin = origin;
        this.split = split;
        this.outputs = Map.copyOf(outputs);
        this.features = Map.copyOf(features);
        this.verdict = verdict;
        this.further = List.copyOf(further);
    }

    /**
     * Judges the weights that a run left, in 32-bit precision.
     *
     * @throws Problem if the dataset has neither test nor validation pictures
     */
    public static TrainedModel judge(TrainingResult result, Dataset dataset, TrainingSettings settings) {
        return judge(result, dataset, settings, Origin.of(settings));
    }

    /**
     * Judges the weights that a run left which began with another model, in 32-bit precision.
     *
     * @param origin says so
     * @throws Problem if the dataset has neither test nor validation pictures
     */
    public static TrainedModel judge(TrainingResult result, Dataset dataset, TrainingSettings settings, Origin origin) {
        return judge(
                new ModelParts(result.network(), result.preprocessing(), result.weights()),
                dataset,
                Learning.of(dataset.task(), settings.pictures().augmentation()),
                origin,
                settings.computation().engine(),
                settings.computation().threads());
    }

    /**
     * Judges a network, wherever its weights come from, in 32-bit precision.
     *
     * @param threads that compute
     * @throws Problem if the dataset has neither test nor validation pictures, or holds them otherwise prepared
     */
    public static TrainedModel judge(ModelParts parts, Dataset dataset, Origin origin, Engine engine, int threads) {
        return judge(parts, dataset, Learning.of(dataset.task()), origin, engine, threads);
    }

    private static TrainedModel judge(
            ModelParts parts, Dataset dataset, Learning learning, Origin origin, Engine engine, int threads) {
        Split split = judgingSplit(dataset);
        checkPreparation(parts.preprocessing(), dataset);
        dataset.holdIfSmall(split);
        try (Workers workers = new Workers(threads);
                TrainableModule module = Modules.create(
                        parts.network(), parts.preprocessing(), parts.weights(), engine, Precision.FLOAT32, workers)) {
            Judging judging = new Judging(parts, dataset, split, learning, module.outputs());
            Scoring.outputs(module, dataset, split, learning, judging::take);
            boolean shownAsTheyAre = learning.evaluation(1, 1).augmentation().equals(Augmentation.NONE);
            if (!shownAsTheyAre) judging.keepClean(module);
            return judging.model(origin);
        }
    }

    /**
     * Judges a network by outputs that are known already, for example of a head on cached features.
     *
     * @param outputs [N, K] or [N, T] the whole network's outputs in 32-bit precision for the N pictures of {@link #judgingSplit}
     * @throws Problem as {@link #judge(ModelParts, Dataset, Origin, Engine, int)}
     */
    public static TrainedModel judge(ModelParts parts, Dataset dataset, Origin origin, float[] outputs) {
        Split split = judgingSplit(dataset);
        checkPreparation(parts.preprocessing(), dataset);
        int count = dataset.count(split);
        int width = Math.toIntExact(Inference.of(parts.network()).output().count());
        if (outputs.length != (long) count * width) {
            throw new IllegalArgumentException(
                    "Expected outputs [" + count + ", " + width + "], found " + outputs.length + " numbers");
        }
        Judging judging = new Judging(parts, dataset, split, Learning.of(dataset.task()), width);
        judging.take(0, outputs, count);
        return judging.model(origin);
    }

    /** Takes outputs as they come, and keeps those of the pictures that may become golden. */
    private static final class Judging {

        private final ModelParts parts;
        private final Dataset dataset;
        private final Split split;
        private final int width;
        private final Judge judge;
        private final Predicate<Integer> isKept;
        private final Map<Integer, float[]> kept = new HashMap<>();

        /** @param width W, the numbers of a picture's result */
        Judging(ModelParts parts, Dataset dataset, Split split, Learning learning, int width) {
            this.parts = parts;
            this.dataset = dataset;
            this.split = split;
            this.width = width;
            this.judge = learning.judge(dataset, split);
            Set<Integer> even = Set.copyOf(GoldenChoice.even(dataset.count(split), width));
            // votes are few numbers, and which are clear is known once the bundle can be tried
            this.isKept = votes() ? _ -> true : even::contains;
        }

        private boolean votes() {
            return NeighbourLayer.node(parts.network()).isPresent();
        }

        void take(int first, float[] outputs, int size) {
            for (int i = 0; i < size; i++) {
                judge.add(outputs, i * width);
                if (isKept.test(first + i))
                    kept.put(first + i, Arrays.copyOfRange(outputs, i * width, (i + 1) * width));
            }
        }

        /** Golden pictures stand in the bundle as they are: where others were judged with noise, these pass through the network once more. */
        void keepClean(TrainableModule module) {
            BatchSettings alone = Learning.of(dataset.task()).evaluation(1, 1);
            try (BatchLoader loader = new BatchLoader(dataset, split, alone)) {
                loader.start(0, 0);
                int position = 0;
                for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                    if (kept.containsKey(position))
                        kept.put(position, Arrays.copyOf(module.predict(next.get()), width));
                    position++;
                }
            }
        }

        TrainedModel model(Origin origin) {
            Verdict verdict = judge.verdict();
            if (votes() && verdict instanceof Evaluation evaluation)
                verdict = evaluation.with(Evaluation.Meaning.VOTES);
            return new TrainedModel(parts, dataset, origin, split, kept, Map.of(), verdict, List.of());
        }
    }

    /**
     * Returns the model with what is known already of the pictures, so that they need not pass through the network again.
     *
     * @param known [N, D] for each split that has pictures, what the network's last layer with weights reads
     */
    public TrainedModel withFeatures(Map<Split, float[]> known) {
        return new TrainedModel(parts, dataset, origin, split, outputs, known, verdict, further);
    }

    /**
     * Returns the split that a model is judged on: test, or validation where there is none.
     *
     * @throws Problem if the dataset has neither
     */
    public static Split judgingSplit(Dataset dataset) {
        if (dataset.count(Split.TEST) > 0) return Split.TEST;
        if (dataset.count(Split.VALIDATION) > 0) return Split.VALIDATION;
        throw new Problem(
                "The dataset has no pictures to judge a model on.",
                "dataset \"" + dataset.name() + "\"",
                "import it with a test part, or set some percent aside for validation or test");
    }

    /** A layer may hide it from the outputs on these pictures, such as a maximum of zero and no number. */
    private static void checkFinite(ModelParts parts) {
        NonFinite.in(parts.weights().tensors()).ifPresent(found -> {
            throw new Problem(
                    "No model is written: " + found.words() + ".",
                    "network \"" + parts.network().name() + "\"",
                    "train it again with a lower learning rate");
        });
    }

    /** What is measured here must hold for pictures that the model prepares itself, so both have to prepare alike. */
    static void checkPreparation(Preprocessing model, Dataset dataset) {
        Preparation network = Preparation.of(model);
        if (network.equals(dataset.preparation())) return;
        throw new Problem(
                "The network prepares pictures as " + network.words() + ", but the dataset holds them as "
                        + dataset.preparation().words() + ".",
                "dataset \"" + dataset.name() + "\"",
                "import the dataset as the network prepares pictures, or judge it with the dataset's preparation");
    }

    /** Returns this model with measurements that its bundle names after those of the verdict. */
    public TrainedModel with(List<Measurement> measurements) {
        return new TrainedModel(parts, dataset, origin, split, outputs, features, verdict, measurements);
    }

    /** Returns the split that it was judged on. */
    public Split split() {
        return split;
    }

    /** Returns the prepared picture at a position of {@link #split}. */
    public Pixels picture(int position) {
        return dataset.picture(split, position);
    }

    /** Returns the verdict, of whichever kind. */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Returns the verdict on a classifier.
     *
     * @throws IllegalStateException if the model is a regression; {@link #verdict} tells them apart
     */
    public Evaluation evaluation() {
        if (verdict instanceof Evaluation evaluation) return evaluation;
        throw new IllegalStateException("The model regresses values: ask for its verdict()");
    }

    /**
     * Writes the bundle.
     *
     * @param name         for people, for example {@code mnist-lenet}
     * @param foveaVersion what wrote it
     * @throws Problem as {@link BundleExport#write}
     */
    public ExportReport export(String name, String foveaVersion, Path target) {
        return export(name, foveaVersion, WeightsEntry.LEFT_OUT, target);
    }

    /**
     * Writes the bundle, if wanted with its weights as safetensors too.
     *
     * @throws Problem as {@link BundleExport#write}
     */
    public ExportReport export(String name, String foveaVersion, WeightsEntry entry, Path target) {
        BundleContents bare = contents(name, foveaVersion, List.of(), ReferencePictures.NONE, WeightsEntry.LEFT_OUT);
        List<GoldenExample> golden = golden(bare).stream().map(this::golden).toList();
        Optional<FittedFamiliarity> familiarity = new FamiliarityFit(
                        parts, dataset, split, features, Runtime.getRuntime().availableProcessors())
                .fit(bare.task());
        return BundleExport.write(
                contents(name, foveaVersion, golden, parts.references(), entry),
                familiarity,
                Measurements.answers(verdict, split),
                target);
    }

    private BundleContents contents(
            String name,
            String foveaVersion,
            List<GoldenExample> golden,
            ReferencePictures references,
            WeightsEntry entry) {
        return new BundleContents(
                name,
                parts.network(),
                parts.weights(),
                parts.preprocessing(),
                dataset.task(),
                golden,
                measurements(),
                provenance(foveaVersion),
                parts.quantized(),
                references,
                entry);
    }

    private List<Integer> golden(BundleContents bare) {
        Optional<NeighbourLayer> search = NeighbourLayer.of(parts.network(), parts.weights());
        if (search.isEmpty()) return outputs.keySet().stream().sorted().toList();
        try (Classifier classifier = BundleExport.classifier(bare)) {
            return GoldenChoice.clear(search.get(), classifier, dataset, split);
        }
    }

    private GoldenExample golden(int index) {
        return new GoldenExample(
                dataset.source(split, index),
                GoldenFile.of(dataset, split, index, parts.preprocessing()),
                dataset.label(split, index),
                outputs.get(index));
    }

    private List<Measurement> measurements() {
        return Stream.concat(Measurements.of(verdict, split).stream(), further.stream())
                .toList();
    }

    private Provenance provenance(String foveaVersion) {
        return new Provenance(
                parts.network().name(),
                dataset.name(),
                dataset.contentHash(),
                origin.settings(),
                origin.seed(),
                foveaVersion,
                Instant.now());
    }
}
