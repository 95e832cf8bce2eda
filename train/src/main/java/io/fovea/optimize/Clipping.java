package io.fovea.optimize;

import io.fovea.thread.Workers;

/** A bound on the gradients of a step, so that one strange batch does not undo many good ones. Acts before the pull of weights to zero. */
public sealed interface Clipping {

    /** No bound. */
    record None() implements Clipping {}

    /**
     * g ← g · min(1, largest / (‖g‖ + 10⁻⁶)), where ‖g‖ is the Euclidean length of all gradients together.
     *
     * <p>Source: Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063, algorithm 1, in the form of PyTorch's {@code clip_grad_norm_}.
     *
     * @param largest above 0
     */
    record ByNorm(double largest) implements Clipping {
        /** Checks the range. */
        public ByNorm {
            positive(largest);
        }
    }

    /**
     * g ← max(−largest, min(largest, g)), each gradient by itself.
     *
     * @param largest above 0
     */
    record ByValue(double largest) implements Clipping {
        /** Checks the range. */
        public ByValue {
            positive(largest);
        }
    }

    /**
     * Bounds the first {@code count} gradients. Equal input gives equal bits, whatever the number of workers.
     *
     * @return ‖g‖ before, where the rule needs it; else 0
     */
    default double apply(float[] gradients, int count, Workers workers) {
        switch (this) {
            case None _ -> {
                return 0;
            }
            case ByNorm(double largest) -> {
                double norm = norm(gradients, count, workers);
                float factor = (float) (largest / (norm + 1e-6));
                // a norm that is no number leaves the gradients as they are
                if (factor < 1) {
                    workers.ranges(count, GRAIN, (from, to) -> {
                        for (int i = from; i < to; i++) gradients[i] *= factor;
                    });
                }
                return norm;
            }
            case ByValue(double largest) -> {
                float bound = (float) largest;
                workers.ranges(count, GRAIN, (from, to) -> {
                    for (int i = from; i < to; i++) gradients[i] = Math.clamp(gradients[i], -bound, bound);
                });
                return 0;
            }
        }
    }

    /** Numbers per sum: the sums do not depend on the number of workers. */
    int GRAIN = 4096;

    private static double norm(float[] gradients, int count, Workers workers) {
        double[] sums = new double[Math.ceilDiv(count, GRAIN)];
        workers.ranges(count, GRAIN, (from, to) -> {
            for (int block = from / GRAIN; block * GRAIN < to; block++) {
                double sum = 0;
                int end = Math.min(to, (block + 1) * GRAIN);
                for (int i = block * GRAIN; i < end; i++) sum += (double) gradients[i] * gradients[i];
                sums[block] = sum;
            }
        });
        double total = 0;
        for (double sum : sums) total += sum;
        return Math.sqrt(total);
    }

    private static void positive(double largest) {
        if (!(largest > 0) || Double.isInfinite(largest))
            throw new IllegalArgumentException("largest must be above 0: " + largest);
    }
}
