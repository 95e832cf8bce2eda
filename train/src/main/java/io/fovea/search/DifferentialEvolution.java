package io.fovea.search;

import java.util.Arrays;

/**
 * Differential evolution rand/1/bin, "de": differences between members of the population are the steps of others.
 *
 * <p>For member k: v = x_a + F·(x_b − x_c) with a, b, c and k all different; the trial takes each coordinate from v with probability CR, and at
 * least one, else from x_k. It replaces x_k if it is not worse.
 *
 * <p>All trials are made before any is judged. What a member was worth is remembered: see {@link ParticleSwarm} on fitness that changes.
 *
 * <p>Cost per generation O(λ·n); memory 2·λ·n numbers.
 *
 * <p>Source: Storn and Price 1997, Differential evolution, Journal of Global Optimization 11 (scheme DE/rand/1/bin).
 */
public final class DifferentialEvolution extends Search {

    /**
     * The algorithm's own settings.
     *
     * @param scale     F, of a difference; above 0 to 2
     * @param crossover CR, probability that a coordinate changes; 0 to 1
     */
    public record Options(double scale, double crossover) {

        /** Checks the ranges. */
        public Options {
            if (!(scale > 0 && scale <= 2)) throw new IllegalArgumentException("scale must be above 0 to 2: " + scale);
            if (!(crossover >= 0 && crossover <= 1))
                throw new IllegalArgumentException("crossover must be 0 to 1: " + crossover);
        }

        /** F = 0.5 and CR = 0.9. */
        public static Options usual() {
            return new Options(0.5, 0.9);
        }
    }

    private final Options options;
    private final double[][] members;
    private final double[] memberFitness;

    /**
     * A search with 10·n candidates per generation, at least 20 and at most 100, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 4 candidates
     */
    public DifferentialEvolution(SearchSettings settings, Options options) {
        super(
                "de",
                settings,
                PopulationSize.of("de", settings, Math.clamp(10L * settings.dimensions(), 20, 100), 4),
                options);
        this.options = options;
        members = new double[population()][dimensions()];
        memberFitness = new double[population()];
        Arrays.fill(memberFitness, Double.POSITIVE_INFINITY);
    }

    /** Returns the average of the members [n]; the start before the first generation is told. */
    @Override
    public double[] mean() {
        return !hasLearnt() ? settings().start() : Swarm.mean(members);
    }

    @Override
    public double stepSize() {
        return !hasLearnt() ? settings().stepSize() : Swarm.spread(members);
    }

    @Override
    double[][] draw(RandomStream random) {
        if (!hasLearnt()) return Swarm.around(settings(), population(), random);
        double[][] trials = new double[population()][];
        for (int k = 0; k < trials.length; k++) trials[k] = trial(k, random);
        return trials;
    }

    private double[] trial(int k, RandomStream random) {
        int a = another(random, k, k, k);
        int b = another(random, k, a, a);
        int c = another(random, k, a, b);
        double[] trial = members[k].clone();
        int certain = random.nextInt(trial.length);
        for (int i = 0; i < trial.length; i++) {
            if (i == certain || random.nextDouble() < options.crossover)
                trial[i] = members[a][i] + options.scale * (members[b][i] - members[c][i]);
        }
        return trial;
    }

    private int another(RandomStream random, int x, int y, int z) {
        while (true) {
            int drawn = random.nextInt(members.length);
            if (drawn != x && drawn != y && drawn != z) return drawn;
        }
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        for (int k = 0; k < fitness.length; k++) {
            if (!(fitness[k] <= memberFitness[k])) continue;
            memberFitness[k] = fitness[k];
            System.arraycopy(candidates[k], 0, members[k], 0, members[k].length);
        }
    }

    @Override
    void pass(StateTape tape) {
        tape.rows(members);
        tape.numbers(memberFitness);
    }
}
