package io.fovea.search;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What every search needs to begin.
 *
 * @param start       the point to begin at [n]
 * @param stepSize    how far from it the first candidates lie: standard deviation of a coordinate, in the units of the values
 * @param seed        of every random draw
 * @param population  candidates per generation (λ); empty: the algorithm's own default
 * @param generations how many are planned, for algorithms that slow down towards the end; empty: nothing slows down
 * @param target      fitness at which the search has done its work; empty: none
 */
public record SearchSettings(
        double[] start,
        double stepSize,
        long seed,
        OptionalInt population,
        OptionalInt generations,
        OptionalDouble target) {

    /** Checks the ranges and keeps a copy of the start. */
    public SearchSettings {
        start = start.clone();
        if (start.length == 0) throw new IllegalArgumentException("A search needs at least one dimension");
        if (!Arrays.stream(start).allMatch(Double::isFinite))
            throw new IllegalArgumentException("The start must hold finite numbers only");
        if (!(stepSize > 0 && Double.isFinite(stepSize)))
            throw new IllegalArgumentException("stepSize must be above 0 and finite: " + stepSize);
        if (generations.isPresent() && generations.getAsInt() < 1)
            throw new IllegalArgumentException("generations must be at least 1: " + generations.getAsInt());
    }

    /** Returns settings with an algorithm's default population, no planned end and no target. */
    public static SearchSettings of(double[] start, double stepSize, long seed) {
        return new SearchSettings(
                start, stepSize, seed, OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());
    }

    /** Returns a copy of the start [n]. */
    @Override
    public double[] start() {
        return start.clone();
    }

    /** Returns n. */
    public int dimensions() {
        return start.length;
    }

    /** Returns these settings with that many candidates per generation. */
    public SearchSettings withPopulation(int candidates) {
        return new SearchSettings(start, stepSize, seed, OptionalInt.of(candidates), generations, target);
    }

    /** Returns these settings with that many generations planned. */
    public SearchSettings withGenerations(int planned) {
        return new SearchSettings(start, stepSize, seed, population, OptionalInt.of(planned), target);
    }

    /** Returns these settings with a fitness to reach. */
    public SearchSettings withTarget(double fitness) {
        return new SearchSettings(start, stepSize, seed, population, generations, OptionalDouble.of(fitness));
    }

    /** Returns the share of the planned generations that lies behind, 0 to 1; 0 where none are planned. */
    double elapsed(int generation) {
        int planned = generations.orElse(0);
        return planned < 2 ? 0 : Math.min(1, generation / (planned - 1.0));
    }
}
