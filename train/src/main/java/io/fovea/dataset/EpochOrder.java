package io.fovea.dataset;

/**
 * Which picture stands at which position of an epoch.
 *
 * <p>A shuffled order is a Fisher–Yates permutation drawn from a {@link SplitMix} stream of (seed, epoch): it needs no earlier
 * epoch, so training resumes at any epoch with the order it would have had. Changed only by {@link #start}; after that, threads
 * may read it together.
 *
 * <p>Source: Durstenfeld 1964, "Algorithm 235: Random permutation", doi:10.1145/364520.364540.
 */
final class EpochOrder {

    /** No picture stands at this position: the stream of the order is none of the pictures' streams. */
    private static final long STREAM_OF_THE_ORDER = -1;

    private final Order order;
    private final long seed;
    private final int[] examples;
    private final SplitMix random = new SplitMix(0);

    EpochOrder(int count, Order order, long seed) {
        this.order = order;
        this.seed = seed;
        this.examples = new int[count];
        for (int i = 0; i < count; i++) examples[i] = i;
    }

    /** Takes on the order of an epoch; allocates nothing. */
    void start(int epoch) {
        if (order == Order.SEQUENTIAL) return;
        for (int i = 0; i < examples.length; i++) examples[i] = i;
        random.restart(seed, epoch, STREAM_OF_THE_ORDER);
        for (int i = examples.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int example = examples[i];
            examples[i] = examples[j];
            examples[j] = example;
        }
    }

    /** Returns which picture of the split stands at {@code position} of the epoch. */
    int example(int position) {
        return examples[position];
    }
}
