package io.fovea.tensor;

/**
 * The processes that train one network together, on one machine or several, as one of them sees them. Each has a number, its rank, from 0.
 *
 * <p>What one asks for here all must ask for, in the same order and with arrays of the same lengths; each waits for the others. Every rank gets the
 * same bits. For one thread at a time.
 *
 * <pre>{@code
 * try (Ranks ranks = Rendezvous.join("10.0.0.1:41234", 1, 2)) {
 *     new Trainer(dataset, network, settings, folder, listener, stop).among(ranks).run();
 * }
 * }</pre>
 */
public sealed interface Ranks extends AutoCloseable permits Ranks.One, GlooRanks {

    /** The usual process, which trains alone. */
    Ranks ONE = new One();

    /** Returns how many processes there are, at least 1. */
    int count();

    /** Returns this process's number, 0 to {@link #count} − 1. */
    int rank();

    /**
     * Adds up what all ranks hold, number by number, in one message.
     *
     * @param values overwritten with the sums as far as {@code length}
     * @param more   summed with them, as a whole
     * @throws io.fovea.problem.Problem if another rank is gone, or silent for longer than was agreed
     */
    void sum(float[] values, int length, float[] more);

    /**
     * Adds up what all ranks hold, number by number.
     *
     * @param values overwritten with the sums
     * @throws io.fovea.problem.Problem as {@link #sum(float[], int, float[])}
     */
    void sum(double[] values);

    /**
     * Hands on what rank 0 holds.
     *
     * @param bytes of rank 0; of others nothing is looked at
     * @return rank 0's
     * @throws io.fovea.problem.Problem as {@link #sum(float[], int, float[])}
     */
    byte[] broadcast(byte[] bytes);

    /**
     * Returns what each rank holds, rank by rank.
     *
     * @param own as many numbers on every rank
     * @throws io.fovea.problem.Problem as {@link #sum(float[], int, float[])}
     */
    default double[][] gather(double... own) {
        double[] all = new double[count() * own.length];
        System.arraycopy(own, 0, all, rank() * own.length, own.length);
        sum(all); // with zeros, which leaves every number as it is
        double[][] ranks = new double[count()][own.length];
        for (int r = 0; r < ranks.length; r++) System.arraycopy(all, r * own.length, ranks[r], 0, own.length);
        return ranks;
    }

    /** Whether another rank was lost, so that these can do nothing more. */
    boolean isBroken();

    /** Leaves the others; those that still wait for this one get a problem. */
    @Override
    void close();

    /** One process: its sums are its own numbers. */
    record One() implements Ranks {

        @Override
        public int count() {
            return 1;
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public void sum(float[] values, int length, float[] more) {}

        @Override
        public void sum(double[] values) {}

        @Override
        public byte[] broadcast(byte[] bytes) {
            return bytes;
        }

        @Override
        public boolean isBroken() {
            return false;
        }

        @Override
        public void close() {}
    }
}
