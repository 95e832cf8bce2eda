package io.fovea.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long the generations of an evolution took. Those that warmed up the JVM and those within which a head was fitted are left out of all
 * but {@link #secondsInAll}: a fit is a thing of its own, every so many generations.
 *
 * <p>For one thread.
 */
final class GenerationTimes {

    private final long warmUp;
    private final long fitEvery;
    private final List<Double> plain = new ArrayList<>();
    private double plainSeconds;
    private long plainEvaluations;
    private double secondsInAll;
    private long evaluations;

    /**
     * Begins with nothing.
     *
     * @param warmUp   generations at the beginning that do not count, at least the first, which fits the first head
     * @param fitEvery a head may be fitted within each generation whose number this divides
     */
    GenerationTimes(long warmUp, long fitEvery) {
        if (warmUp < 1) throw new IllegalArgumentException("warmUp must be at least 1: " + warmUp);
        if (fitEvery < 1) throw new IllegalArgumentException("fitEvery must be at least 1: " + fitEvery);
        this.warmUp = warmUp;
        this.fitEvery = fitEvery;
    }

    /**
     * Adds a generation.
     *
     * @param generation  its number, from 1
     * @param seconds     that it took
     * @param judgedSoFar candidates judged up to its end
     */
    void add(long generation, double seconds, long judgedSoFar) {
        secondsInAll += seconds;
        long judged = judgedSoFar - evaluations;
        evaluations = judgedSoFar;
        if (generation <= warmUp || generation % fitEvery == 0) return;
        plain.add(seconds);
        plainSeconds += seconds;
        plainEvaluations += judged;
    }

    /** Returns how many counted. */
    int counted() {
        return plain.size();
    }

    /** Returns the median of those that counted, in milliseconds. */
    double medianMilliseconds() {
        return 1000 * Median.of(plain);
    }

    /** Returns the time in milliseconds that 19 of 20 of those that counted kept within. */
    double ninetyFifthMilliseconds() {
        List<Double> sorted = new ArrayList<>(plain);
        Collections.sort(sorted);
        return 1000 * sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }

    /** Returns the candidates judged per second over those that counted. */
    double evaluationsPerSecond() {
        return plainEvaluations / plainSeconds;
    }

    /** Returns the seconds of all generations, warm-up and fits of the head included. */
    double secondsInAll() {
        return secondsInAll;
    }

    /** Returns the candidates judged in all generations. */
    long evaluations() {
        return evaluations;
    }
}
