package io.fovea.search;

import java.util.Arrays;

/**
 * A genetic algorithm on real numbers, "ga": tournaments, uniform crossover, Gaussian mutation, and an elite that survives.
 *
 * <p>The best E of a generation enter the next unchanged and are judged again, so that a fitness which changes from generation to generation stays fair. Every
 * other candidate is a child: two parents, each the best of a few members drawn at random, are crossed with a probability (each coordinate from
 * either parent), then each coordinate is shifted, with a probability, by N(0, d²). d falls linearly to its last share over the planned
 * generations.
 *
 * <p>Cost per generation O(λ·n); memory λ·n numbers.
 *
 * <p>Source: Eiben and Smith 2015, Introduction to evolutionary computing, 2nd edition (uniform crossover, Gaussian mutation,
 * tournaments, elitism).
 */
public final class GeneticAlgorithm extends Search {

    /**
     * The algorithm's own settings.
     *
     * @param elite        share of the generation that survives, 0 to below 1
     * @param tournament   members of which the best becomes a parent, at least 1
     * @param crossover    probability that a child has two parents
     * @param mutation     probability that a coordinate is shifted
     * @param mutationStep deviation d of a shift at the beginning, as a multiple of the step size
     * @param lastShare    of d that is left in the last planned generation
     */
    public record Options(
            double elite, int tournament, double crossover, double mutation, double mutationStep, double lastShare) {

        /** Checks the ranges. */
        public Options {
            if (!(elite >= 0 && elite < 1)) throw new IllegalArgumentException("elite must be 0 to below 1: " + elite);
            if (tournament < 1) throw new IllegalArgumentException("tournament must be at least 1: " + tournament);
            share("crossover", crossover);
            share("mutation", mutation);
            if (!(mutationStep > 0))
                throw new IllegalArgumentException("mutationStep must be above 0: " + mutationStep);
            share("lastShare", lastShare);
        }

        private static void share(String name, double value) {
            if (!(value >= 0 && value <= 1)) throw new IllegalArgumentException(name + " must be 0 to 1: " + value);
        }

        /** A tenth survives, tournaments of 3, crossover 0.7, a tenth of the coordinates shifted, d = half the step size falling to a hundredth. */
        public static Options usual() {
            return new Options(0.1, 3, 0.7, 0.1, 0.5, 0.01);
        }
    }

    private final Options options;
    private final int elite;
    private final double[][] members; // from best to worst

    /**
     * A search with 60 candidates per generation, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 4 candidates
     */
    public GeneticAlgorithm(SearchSettings settings, Options options) {
        super("ga", settings, PopulationSize.of("ga", settings, 60, 4), options);
        this.options = options;
        elite = (int) (options.elite * population());
        members = new double[population()][dimensions()];
    }

    /** Returns the average of the best fifth [n]; the start before the first generation is told. */
    @Override
    public double[] mean() {
        if (!hasLearnt()) return settings().start();
        return Swarm.mean(Arrays.copyOf(members, Math.max(1, members.length / 5)));
    }

    @Override
    public double stepSize() {
        return !hasLearnt() ? settings().stepSize() : Swarm.spread(members);
    }

    @Override
    double[][] draw(RandomStream random) {
        if (!hasLearnt()) return Swarm.around(settings(), population(), random);
        double[][] candidates = new double[population()][];
        for (int k = 0; k < candidates.length; k++) candidates[k] = k < elite ? members[k].clone() : child(random);
        return candidates;
    }

    private double[] child(RandomStream random) {
        double[] child = members[parent(random)].clone();
        if (random.nextDouble() < options.crossover) {
            double[] other = members[parent(random)];
            for (int i = 0; i < child.length; i++) if (random.nextBoolean()) child[i] = other[i];
        }
        double fall = 1 - (1 - options.lastShare) * settings().elapsed(generation());
        double deviation = options.mutationStep * settings().stepSize() * fall;
        for (int i = 0; i < child.length; i++)
            if (random.nextDouble() < options.mutation) child[i] += deviation * random.nextGaussian();
        return child;
    }

    /** Members lie from best to worst, so that the winner of a tournament is the lowest place drawn. */
    private int parent(RandomStream random) {
        int winner = members.length;
        for (int drawn = 0; drawn < options.tournament; drawn++)
            winner = Math.min(winner, random.nextInt(members.length));
        return winner;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        int[] order = Ranking.order(fitness);
        for (int rank = 0; rank < order.length; rank++)
            System.arraycopy(candidates[order[rank]], 0, members[rank], 0, members[rank].length);
    }

    @Override
    void pass(StateTape tape) {
        tape.rows(members);
    }
}
