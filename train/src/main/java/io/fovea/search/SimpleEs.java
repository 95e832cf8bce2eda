package io.fovea.search;

import java.util.Arrays;

/**
 * The plain (μ/μ, λ) evolution strategy, "es": the mean of the μ best candidates is the next generation's centre.
 *
 * <p>Candidate k draws its own step size σₖ = σ·exp(τ·N(0, 1)) and then xₖ = m + σₖ·N(0, I); the mean takes the average of the μ best xₖ, and σ the geometric mean of their σₖ, so
 * that step sizes which suit the function survive. With τ = 0 the step size stays.
 *
 * <p>Cost per generation O(λ·n); memory (λ + 1)·n numbers.
 *
 * <p>Source: Beyer and Schwefel 2002, Evolution strategies: a comprehensive introduction, Natural Computing 1 (σ
 * self-adaptation, τ = 1/√(2n)); Rechenberg 1973.
 */
public final class SimpleEs extends Search {

    /** Whether the step size is inherited, or stays as it began. */
    public enum StepSize {
        /** Candidates vary it and the best hand it on. */
        SELF_ADAPTED,
        /** It stays. */
        FIXED
    }

    /**
     * The algorithm's own settings.
     *
     * @param parents  μ as a share of λ, above 0 up to 1
     * @param stepSize what becomes of σ
     */
    public record Options(double parents, StepSize stepSize) {

        /** Checks the range. */
        public Options {
            if (!(parents > 0 && parents <= 1))
                throw new IllegalArgumentException("parents must be 0 to 1: " + parents);
        }

        /** The best quarter, and step sizes that adapt themselves. */
        public static Options usual() {
            return new Options(0.25, StepSize.SELF_ADAPTED);
        }
    }

    private final int parents;
    private final double tau;
    private final double[] mean;
    private double sigma;
    private final double[] sigmas; // σₖ [λ]

    /**
     * A search with 20 or 4 + ⌊3·ln n⌋ candidates per generation, whichever is more, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 4 candidates
     */
    public SimpleEs(SearchSettings settings, Options options) {
        super(
                "es",
                settings,
                PopulationSize.of("es", settings, Math.max(20, PopulationSize.logarithmic(settings.dimensions())), 4),
                options);
        parents = Math.max(1, (int) (options.parents * population()));
        tau = switch (options.stepSize) {
            case SELF_ADAPTED -> 1 / Math.sqrt(2.0 * dimensions());
            case FIXED -> 0;
        };
        mean = settings.start();
        sigma = settings.stepSize();
        sigmas = new double[population()];
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double stepSize() {
        return sigma;
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        for (int k = 0; k < candidates.length; k++) {
            sigmas[k] = sigma * Math.exp(tau * random.nextGaussian());
            for (int i = 0; i < mean.length; i++) candidates[k][i] = mean[i] + sigmas[k] * random.nextGaussian();
        }
        return candidates;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        int[] order = Ranking.order(fitness);
        double logarithm = 0;
        Arrays.fill(mean, 0);
        for (int rank = 0; rank < parents; rank++) {
            Rows.add(mean, 1.0 / parents, candidates[order[rank]], mean.length);
            logarithm += Math.log(sigmas[order[rank]]) / parents;
        }
        if (tau > 0) sigma = Math.exp(logarithm);
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        sigma = tape.number(sigma);
    }
}
