package io.fovea.hybrid;

import java.time.Duration;

/**
 * How fast an evolution lives, and so how many generations fit into a time.
 *
 * @param generation seconds that a generation takes, without fits of the head
 * @param head       seconds that a fit of the head takes
 */
record EvolutionPace(double generation, double head) {

    /** Returns the generations in which all filters are searched at once, with a fit of the head at the start and after every {@code refit}; at least 1. */
    int together(Duration time, int refit) {
        return atLeastOne((seconds(time) - head) / (generation + head / refit));
    }

    /** Returns the generations of each of the filters, searched one after the other, with the fits that their stages take; at least 1. */
    int perFilter(Duration time, int filters) {
        return atLeastOne((seconds(time) - head * (1 + Stage.fits(filters))) / (generation * filters));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static int atLeastOne(double count) {
        return (int) Math.max(1, count);
    }
}
