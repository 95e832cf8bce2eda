package io.fovea.benchmark;

/**
 * What a step of so many ranks takes, each on a machine of its own, by what one of them takes alone:
 *
 * <pre>T(n) = fixed + perPicture · ⌈batch / n⌉ + 2 (n − 1) / n · 4 · parameters / bandwidth + 2 (n − 1) · latency</pre>
 *
 * <p>The third term is a ring's, around which the gradients go twice in parts, the fourth is what each of its rounds takes at least (Patarasuk and Yuan, "Bandwidth
 * optimal all-reduce algorithms for clusters of workstations", 2009). Waiting for the slowest of the ranks is not in it.
 *
 * @param fixed      seconds of a step whatever the batch
 * @param perPicture seconds
 * @param batch      of all ranks together
 * @param parameters that are summed, 4 bytes each
 */
record RankCosts(double fixed, double perPicture, int batch, long parameters) {

    /**
     * What ranks are connected by.
     *
     * @param bandwidth bytes a second that a rank sends while it receives as many
     * @param latency   seconds that a round of the ring takes at least
     */
    record Line(double bandwidth, double latency) {

        /** Of so many bits a second, with the usual way through a switch and two systems. */
        static Line ofGigabits(double gigabits) {
            return new Line(gigabits * 1e9 / 8, 50e-6);
        }
    }

    /** A step of one process of one thread. */
    record Step(int batch, double seconds) {}

    /** Returns the straight line through two steps. */
    static RankCosts of(Step one, Step other, int batch, long parameters) {
        double perPicture = (one.seconds() - other.seconds()) / (one.batch() - other.batch());
        return new RankCosts(one.seconds() - perPicture * one.batch(), perPicture, batch, parameters);
    }

    /** Returns the seconds that a rank computes in a step. */
    double computing(int ranks) {
        return fixed + perPicture * Math.ceilDiv(batch, ranks);
    }

    /** Returns the seconds of a step. */
    double step(int ranks, Line line) {
        double sent = 2.0 * (ranks - 1) / ranks * Float.BYTES * parameters / line.bandwidth();
        return computing(ranks) + sent + 2 * (ranks - 1) * line.latency();
    }

    /** Returns how many times as fast so many ranks are as one. */
    double speedUp(int ranks, Line line) {
        return computing(1) / step(ranks, line);
    }
}
