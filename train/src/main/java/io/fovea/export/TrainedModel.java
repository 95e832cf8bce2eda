package io.fovea.export;

import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.evaluation.Proportion;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Workers;
import io.fovea.training.Scoring;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A finished run, judged on pictures that it has never seen, ready to be written as a bundle. Immutable.
 *
 * <p>It is judged on the test split; a dataset without one is judged on its validation split, and {@link #split} says so.
 */
public final class TrainedModel {

    private static final int GOLDEN_PICTURES = 16;

    private final TrainingResult result;
    private final Dataset dataset;
    private final TrainingSettings settings;
    private final Split split;
    private final float[] logits; // [N, K]
    private final Evaluation evaluation;

    private TrainedModel(
            TrainingResult result, Dataset dataset, TrainingSettings settings, Split split, float[] logits) {
        this.result = result;
        this.dataset = dataset;
        this.settings = settings;
        this.split = split;
        this.logits = logits;
        int count = dataset.count(split);
        this.evaluation = Evaluation.of(
                dataset.classNames(),
                IntStream.range(0, count)
                        .map(index -> dataset.label(split, index))
                        .toArray(),
                logits,
                IntStream.range(0, count)
                        .mapToObj(index -> dataset.source(split, index))
                        .toList());
    }

    /**
     * Judges the weights that a run left, in 32-bit precision.
     *
     * @throws Problem if the dataset has neither test nor validation pictures
     */
    public static TrainedModel judge(TrainingResult result, Dataset dataset, TrainingSettings settings) {
        Split split = judgingSplit(dataset);
        dataset.holdIfSmall(split);
        try (Workers workers = new Workers(settings.threads());
                TrainableModule module = Modules.create(
                        result.network(),
                        result.preprocessing(),
                        result.weights(),
                        settings.engine(),
                        Precision.FLOAT32,
                        workers)) {
            return new TrainedModel(result, dataset, settings, split, Scoring.logits(module, dataset, split));
        }
    }

    private static Split judgingSplit(Dataset dataset) {
        if (dataset.count(Split.TEST) > 0) return Split.TEST;
        if (dataset.count(Split.VALIDATION) > 0) return Split.VALIDATION;
        throw new Problem(
                "The dataset has no pictures to judge a model on.",
                "dataset \"" + dataset.name() + "\"",
                "import it with a test part, or set some percent aside for validation or test");
    }

    /** Returns the split that it was judged on. */
    public Split split() {
        return split;
    }

    /** Returns the verdict. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /**
     * Writes the bundle.
     *
     * @param name         for people, for example {@code mnist-lenet}
     * @param foveaVersion what wrote it
     * @throws Problem as {@link BundleExport#write}
     */
    public ExportReport export(String name, String foveaVersion, Path target) {
        return BundleExport.write(
                new BundleContents(
                        name,
                        result.network(),
                        result.weights(),
                        result.preprocessing(),
                        dataset.classNames(),
                        golden(),
                        measurements(),
                        provenance(foveaVersion)),
                target);
    }

    /** Pictures at even distances through the split, so that every class of a shuffled or sorted split has its turn. */
    private List<GoldenExample> golden() {
        int count = dataset.count(split);
        int wanted = Math.min(GOLDEN_PICTURES, count);
        int outputs = logits.length / count;
        List<GoldenExample> golden = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            int index = (int) ((long) i * count / wanted);
            golden.add(new GoldenExample(
                    dataset.source(split, index),
                    GoldenFile.of(dataset, split, index, result.preprocessing()),
                    dataset.label(split, index),
                    Arrays.copyOfRange(logits, index * outputs, (index + 1) * outputs)));
        }
        return golden;
    }

    private List<Measurement> measurements() {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(measurement("accuracy", evaluation.accuracy()));
        if (dataset.classNames().size() > 5) measurements.add(measurement("top-5 accuracy", evaluation.topK(5)));
        return measurements;
    }

    private Measurement measurement(String name, Proportion share) {
        return new Measurement(
                name, split.name().toLowerCase(Locale.ROOT), share.value(), share.low(), share.high(), share.count());
    }

    private Provenance provenance(String foveaVersion) {
        // the text that "fovea train --settings" takes, so that the run can be made again from the bundle alone
        Map<String, String> chosen = Map.of("settings.yaml", SettingsYaml.write(settings));
        return new Provenance(
                result.network().name(),
                dataset.name(),
                dataset.contentHash(),
                chosen,
                settings.seed(),
                foveaVersion,
                Instant.now());
    }
}
