package io.fovea.export;

import io.fovea.batch.Batch;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PictureDecoder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.Evaluation;
import io.fovea.image.Preprocessing;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.ClassMatching;
import io.fovea.pretrained.Pretrained;
import io.fovea.task.Classification;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.training.Scoring;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pretrained network as a model of its own classes, usable as it is.
 *
 * <p>Its golden pictures are drawn ones; where there is a dataset prepared as the network prepares pictures, whose classes it knows, they are
 * taken from there, and it is judged on all pictures of the dataset: nothing was chosen by any of them.
 */
public final class PretrainedModel {

    private static final int GOLDEN = 16;

    private final Pretrained pretrained;
    private final List<String> classNames;
    private final Network network;

    /**
     * Puts network and names together.
     *
     * @param classNames a different one for each output, in the order of the labels
     */
    public PretrainedModel(Pretrained pretrained, List<String> classNames) {
        if (classNames.size() != pretrained.outputs()) {
            throw new IllegalArgumentException(
                    "Expected " + pretrained.outputs() + " class names, found " + classNames.size());
        }
        Preprocessing preprocessing = pretrained.preprocessing();
        Shape input = new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width());
        this.pretrained = pretrained;
        this.classNames = List.copyOf(classNames);
        this.network = Catalogue.network(pretrained.network(), input, pretrained.outputs())
                .forPrediction();
    }

    /**
     * What a dataset says of the model.
     *
     * @param evaluation over the network's classes
     * @param golden     pictures of the dataset, at even distances
     */
    public record Judged(Evaluation evaluation, List<GoldenExample> golden) {}

    /**
     * Judges the model on all pictures of a dataset, in 32-bit precision.
     *
     * @param labels the network's label for each class of the dataset, as {@link ClassMatching} finds them
     * @throws io.fovea.problem.Problem if the dataset holds its pictures otherwise prepared than the network takes them
     */
    public Judged judge(Dataset dataset, int[] labels, int threads) {
        TrainedModel.checkPreparation(pretrained.preprocessing(), dataset);
        int count = Arrays.stream(Split.values()).mapToInt(dataset::count).sum();
        int width = pretrained.outputs();
        float[] outputs = new float[count * width];
        int[] truth = new int[count];
        List<String> sources = new ArrayList<>(count);
        List<GoldenExample> golden = new ArrayList<>();
        List<Integer> chosen = GoldenChoice.even(count, width);
        try (Workers workers = new Workers(threads);
                TrainableModule module = module(workers)) {
            for (Split split : Split.values()) {
                int first = sources.size();
                if (dataset.count(split) == 0) continue;
                float[] own = Scoring.outputs(module, dataset, split);
                System.arraycopy(own, 0, outputs, first * width, own.length);
                for (int i = 0; i < dataset.count(split); i++) {
                    truth[first + i] = labels[dataset.label(split, i)];
                    sources.add(dataset.source(split, i));
                    if (!chosen.contains(first + i)) continue;
                    golden.add(new GoldenExample(
                            dataset.source(split, i),
                            GoldenFile.of(dataset, split, i, pretrained.preprocessing()),
                            truth[first + i],
                            Arrays.copyOfRange(own, i * width, (i + 1) * width)));
                }
            }
        }
        return new Judged(Evaluation.of(classNames, truth, outputs, sources), golden);
    }

    /** Returns drawn pictures with what the network gives for them; their label is the class it gives, as they show none. */
    public List<GoldenExample> drawn(int threads) {
        Preprocessing preprocessing = pretrained.preprocessing();
        List<byte[]> files = DrawnPictures.files(preprocessing.colorMode());
        List<GoldenExample> golden = new ArrayList<>();
        try (Workers workers = new Workers(threads);
                TrainableModule module = module(workers)) {
            for (int i = 0; i < files.size(); i++) {
                String source = "drawn/" + i + ".png";
                byte[] pixels = preprocessing
                        .prepare(PictureDecoder.decode(files.get(i), source, preprocessing.colorMode()))
                        .values();
                Batch batch = new Batch(
                        1,
                        preprocessing.height(),
                        preprocessing.width(),
                        preprocessing.channels(),
                        pixels,
                        new int[1],
                        new int[1]);
                float[] logits = module.predict(batch).clone();
                golden.add(new GoldenExample(source, files.get(i), largest(logits), logits));
            }
        }
        return golden;
    }

    private TrainableModule module(Workers workers) {
        return Modules.create(
                network, pretrained.preprocessing(), pretrained.weights(), Engine.LIBTORCH, Precision.FLOAT32, workers);
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int label = 1; label < logits.length; label++) if (logits[label] > logits[best]) best = label;
        return best;
    }

    /**
     * Writes the bundle.
     *
     * @param golden       at most 16 are taken
     * @param measurements what was measured, if anything was
     * @throws io.fovea.problem.Problem as {@link BundleExport#write}
     */
    public ExportReport export(
            String name,
            String foveaVersion,
            List<GoldenExample> golden,
            List<Measurement> measurements,
            WeightsEntry entry,
            Path target) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pretrained", pretrained.name());
        settings.put("pretrainedSha256", pretrained.sha256());
        settings.put("pretrainedSource", pretrained.source());
        settings.put("pretrainedLicence", pretrained.licence());
        Provenance provenance =
                new Provenance(network.name(), "unknown", "unknown", settings, 0, foveaVersion, Instant.now());
        return BundleExport.write(
                new BundleContents(
                        name,
                        network,
                        pretrained.weights(),
                        pretrained.preprocessing(),
                        new Classification(classNames),
                        golden.subList(0, Math.min(GOLDEN, golden.size())),
                        measurements,
                        provenance,
                        List.of(),
                        ReferencePictures.NONE,
                        entry),
                target);
    }

    /** Returns what the bundle says of an evaluation on all pictures of a dataset. */
    public static List<Measurement> measurements(Evaluation evaluation, String dataset) {
        return Measurements.of(evaluation, "all pictures of " + dataset);
    }
}
