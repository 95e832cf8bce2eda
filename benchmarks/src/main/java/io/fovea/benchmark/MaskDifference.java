package io.fovea.benchmark;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.bundle.Bundle;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.image.Pixels;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Segmenter;
import io.fovea.task.ModelOutput;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the answers of a model file are from those of the engine that trained it, in 32 bits, on prepared pictures.
 *
 * @param pictures   that were compared
 * @param pixels     of all pictures
 * @param differing  of these, pixels of another class
 * @param greatest   difference of a probability
 */
record MaskDifference(int pictures, long pixels, long differing, double greatest) {

    private static final int THREADS = 2;

    /** Compares a segmentation's model file with the engine, on the test pictures of a dataset. */
    static MaskDifference of(Path file, Dataset dataset) {
        Bundle bundle = Bundle.open(file);
        ModelParts parts = BundleImport.read(bundle, file.toString());
        try (Segmenter segmenter = Segmenter.of(bundle, PredictionOptions.DEFAULT);
                Workers workers = new Workers(THREADS);
                TrainableModule engine = Modules.create(
                        parts.network(),
                        parts.preprocessing(),
                        parts.weights(),
                        Engine.LIBTORCH,
                        Precision.FLOAT32,
                        workers);
                BatchLoader loader = new BatchLoader(dataset, Split.TEST, BatchSettings.forEvaluation(1, 0))) {
            loader.start(0, 0);
            MaskDifference all = new MaskDifference(0, 0, 0, 0);
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Pixels picture = dataset.picture(Split.TEST, all.pictures);
                float[] logits = engine.predict(next.get());
                float[] probabilities = probabilities(segmenter.model(), picture);
                byte[] labels =
                        segmenter.segmentPrepared(List.of(picture)).getFirst().labels();
                all = all.and(of(logits, probabilities, labels));
            }
            return all;
        }
    }

    private static float[] probabilities(Model model, Pixels picture) {
        return model.run(Map.of("input", model.prepare(picture)), List.of(ModelOutput.PROBABILITIES))
                .get(ModelOutput.PROBABILITIES)
                .floats();
    }

    /**
     * Compares one picture's answers.
     *
     * @param logits        [K, H, W] of the engine
     * @param probabilities [K, H, W] of the file
     * @param labels        [H, W] of the file
     */
    static MaskDifference of(float[] logits, float[] probabilities, byte[] labels) {
        int area = labels.length;
        int classes = probabilities.length / area;
        double greatest = 0;
        long differing = 0;
        for (int i = 0; i < area; i++) {
            int largest = 0;
            for (int k = 1; k < classes; k++) if (logits[k * area + i] > logits[largest * area + i]) largest = k;
            double sum = 0;
            for (int k = 0; k < classes; k++) sum += Math.exp(logits[k * area + i] - logits[largest * area + i]);
            for (int k = 0; k < classes; k++) {
                double expected = Math.exp(logits[k * area + i] - logits[largest * area + i]) / sum;
                greatest = Math.max(greatest, Math.abs(expected - probabilities[k * area + i]));
            }
            if (largest != (labels[i] & 0xff)) differing++;
        }
        return new MaskDifference(1, area, differing, greatest);
    }

    private MaskDifference and(MaskDifference more) {
        return new MaskDifference(
                pictures + more.pictures,
                pixels + more.pixels,
                differing + more.differing,
                Math.max(greatest, more.greatest));
    }
}
