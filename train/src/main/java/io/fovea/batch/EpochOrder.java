package io.fovea.batch;

import io.fovea.dataset.SplitMix;
import java.util.Optional;

/**
 * Which picture stands at which position of an epoch.
 *
 * <p>A shuffled order is a permutation, a balanced one a {@link BalancedDraw}, from a {@link SplitMix} stream of (seed, epoch): it needs no
 * earlier epoch, so training resumes at any epoch with the order it would have had. Changed only by {@link #start}; after that, threads
 * may read it together.
 */
final class EpochOrder {

    /** No picture stands at this position: the stream of the order is none of the pictures' streams. */
    private static final long STREAM_OF_THE_ORDER = -1;

    private final Order order;
    private final long seed;
    private final int[] examples;
    private final Optional<BalancedDraw> balance;
    private final SplitMix random = new SplitMix(0);

    EpochOrder(PictureSource source, Order order, long seed) {
        this.order = order;
        this.seed = seed;
        this.examples = new int[source.count()];
        this.balance = order == Order.BALANCED ? Optional.of(new BalancedDraw(source)) : Optional.empty();
        takeInTurn();
    }

    /** Takes on the order of an epoch; allocates nothing. */
    void start(int epoch) {
        if (order == Order.SEQUENTIAL) return;
        random.restart(seed, epoch, STREAM_OF_THE_ORDER);
        if (balance.isPresent()) balance.get().draw(examples, random);
        else takeInTurn();
        random.shuffle(examples);
    }

    private void takeInTurn() {
        for (int i = 0; i < examples.length; i++) examples[i] = i;
    }

    /** Returns which picture of the split stands at {@code position} of the epoch. */
    int example(int position) {
        return examples[position];
    }
}
