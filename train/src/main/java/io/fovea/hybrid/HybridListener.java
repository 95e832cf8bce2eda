package io.fovea.hybrid;

/** Hears how far the making of a hybrid is. */
public interface HybridListener {

    /** Begins a step: for people, for example {@code fitting the head}. */
    void began(String step);

    /** A generation of the evolution is over. */
    void evolved(EvolutionProgress progress);

    /**
     * The filters of the first convolution are these now.
     *
     * @param generation lived
     * @param shape      [filters, channels, height, width]
     * @param weights    as many numbers, filter by filter
     */
    default void kernels(long generation, int[] shape, float[] weights) {}

    /** Hears nothing. */
    HybridListener SILENT = new HybridListener() {
        @Override
        public void began(String step) {}

        @Override
        public void evolved(EvolutionProgress progress) {}
    };
}
