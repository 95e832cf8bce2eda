package io.fovea.optimize;

/** Whether the weights that are validated and kept are those of the last step, or a mean over many steps. */
public sealed interface Averaging {

    /** The last step's. */
    record None() implements Averaging {}

    /**
     * a ← d·a + (1 − d)·w after each step t = 1, 2 …, with d = min(decay, (1 + t) / (10 + t)), which lets the first weights be forgotten
     * soon.
     *
     * <p>Source: Polyak and Juditsky 1992, doi:10.1137/0330046, in the exponential form; the rise of d as in TensorFlow's
     * {@code ExponentialMovingAverage}.
     *
     * @param decay above 0 and below 1; 0.99 to 0.9999 in use
     */
    record Exponential(double decay) implements Averaging {
        /** Checks the range. */
        public Exponential {
            if (!(decay > 0 && decay < 1))
                throw new IllegalArgumentException("decay must lie between 0 and 1: " + decay);
        }

        /** Returns d of step {@code t}, counted from 1. */
        public double decay(long t) {
            return Math.min(decay, (1.0 + t) / (10.0 + t));
        }
    }
}
