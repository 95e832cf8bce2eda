package io.fovea.shrink;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.bundle.Manifest;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.export.BundleEvaluation;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.quantize.CalibrationPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures of a dataset's training part as a model is shown them, at even distances, so that all classes of a sorted part have their turn. */
final class TrainingPictures implements CalibrationPictures {

    private final List<float[]> pictures = new ArrayList<>();

    /** Takes at most {@code wanted}. */
    TrainingPictures(Manifest manifest, Dataset stored, int wanted) {
        Dataset dataset = BundleEvaluation.judged(manifest, stored);
        Preprocessing preprocessing = manifest.preprocessing();
        int count = dataset.count(Split.TRAINING);
        int taken = Math.min(wanted, count);
        if (taken == 0) return;
        try (BatchLoader loader = new BatchLoader(
                dataset, Split.TRAINING, BundleEvaluation.learning(manifest).evaluation(1, 1))) {
            for (int i = 0; i < taken; i++) {
                loader.start(0, (int) ((long) i * count / taken));
                Optional<Batch> batch = loader.next();
                batch.ifPresent(each -> pictures.add(normalised(each, preprocessing)));
            }
        }
    }

    private static float[] normalised(Batch batch, Preprocessing preprocessing) {
        float[] values = new float[batch.pixels().length];
        preprocessing.normalise(new Pixels(batch.height(), batch.width(), batch.channels(), batch.pixels()), values, 0);
        return values;
    }

    @Override
    public int count() {
        return pictures.size();
    }

    @Override
    public float[] picture(int index) {
        return pictures.get(index);
    }
}
