package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.learning.Learning;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import java.util.Optional;

/** A module's outputs for all pictures of a split. */
public final class Scoring {

    private static final int LARGEST_BATCH = 256;

    /** Bytes that the values between the layers may take, all layers of a batch together. */
    private static final long MOST_BYTES = 512L << 20;

    private Scoring() {}

    /** Takes the outputs of a batch; the array is used again for the next. */
    @FunctionalInterface
    public interface BatchOutputs {
        /**
         * Takes them.
         *
         * @param first   the position of the batch's first picture in the split
         * @param outputs [N, W]
         * @param size    N
         */
        void take(int first, float[] outputs, int size);
    }

    /** Hands out the outputs for the pictures of a split, batch by batch in their order. */
    public static void outputs(
            TrainableModule module, Dataset dataset, Split split, Learning learning, BatchOutputs taker) {
        BatchSettings settings = learning.evaluation(batchSize(module.network()), 1);
        try (BatchLoader loader = new BatchLoader(dataset, split, settings)) {
            loader.start(0, 0);
            int done = 0;
            for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                Batch batch = next.get();
                taker.take(done, module.predict(batch), batch.size());
                done += batch.size();
            }
        }
    }

    /** Returns [N, K], or [N, T] in network units, for the N pictures of a split in their order. */
    public static float[] outputs(TrainableModule module, Dataset dataset, Split split) {
        int width = module.outputs();
        float[] all = new float[dataset.count(split) * width];
        outputs(
                module,
                dataset,
                split,
                Learning.of(dataset.task()),
                (first, outputs, size) -> System.arraycopy(outputs, 0, all, first * width, size * width));
        return all;
    }

    /** Returns how many pictures are computed at once: a large network on large pictures takes few, so that memory is bounded. */
    static int batchSize(Network network) {
        long values = network.input().count()
                + Inference.of(network).layers().stream()
                        .mapToLong(layer -> layer.output().count())
                        .sum();
        return Math.clamp(MOST_BYTES / (Float.BYTES * values), 1, LARGEST_BATCH);
    }
}
