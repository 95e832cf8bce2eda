package io.fovea.search;

import java.util.Arrays;

/**
 * Covariance matrix adaptation of the diagonal alone, "sep-cma-es": learns each coordinate's scale, no correlations.
 *
 * <p>As {@link CmaEs} with C diagonal, so that B = I, and with rates (n + 2)/3 times as high; the worse half of a generation is ignored.
 *
 * <p>Cost per generation O(λ·n); memory (2·λ + 4)·n numbers.
 *
 * <p>Source: Ros and Hansen 2008, A simple modification in CMA-ES achieving linear time and space complexity, PPSN X, algorithm 1 and section 3.1;
 * the rates before the factor as in Hansen 2016, arXiv:1604.00772.
 */
public final class SeparableCmaEs extends Search {

    private final Recombination recombination;
    private final CovarianceRates rates;
    private final StepSizeControl control;
    private final double[] mean;
    private double sigma;
    private final double[] path;
    private final double[] variances;
    private final double[][] normal; // z [λ, n]

    /**
     * A search with 4 + ⌊3·ln n⌋ candidates per generation, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 4 candidates
     */
    public SeparableCmaEs(SearchSettings settings) {
        super(
                "sep-cma-es",
                settings,
                PopulationSize.of("sep-cma-es", settings, PopulationSize.logarithmic(settings.dimensions()), 4),
                "none");
        int n = dimensions();
        recombination = Recombination.positive(population());
        rates = CovarianceRates.of(n, recombination.mass()).diagonal(n);
        control = new StepSizeControl(n, recombination.mass());
        mean = settings.start();
        sigma = settings.stepSize();
        path = new double[n];
        variances = new double[n];
        Arrays.fill(variances, 1);
        normal = new double[population()][n];
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double stepSize() {
        double trace = 0;
        for (double variance : variances) trace += variance;
        return sigma * Math.sqrt(trace / variances.length);
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        double[] deviations = Arrays.stream(variances).map(Math::sqrt).toArray();
        for (int k = 0; k < candidates.length; k++) {
            random.fillNormal(normal[k]);
            for (int i = 0; i < mean.length; i++) candidates[k][i] = mean[i] + sigma * deviations[i] * normal[k][i];
        }
        return candidates;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        int[] order = Ranking.order(fitness);
        double[] whitened = recombination.mean(order, normal);
        for (int i = 0; i < mean.length; i++) mean[i] += sigma * Math.sqrt(variances[i]) * whitened[i];
        control.follow(whitened);
        adaptVariances(order, whitened, control.isSettled(generation() + 1));
        sigma *= control.factor();
    }

    private void adaptVariances(int[] order, double[] whitened, boolean settled) {
        double share = settled ? Math.sqrt(rates.path() * (2 - rates.path()) * recombination.mass()) : 0;
        double lost = settled ? 0 : rates.path() * (2 - rates.path());
        for (int i = 0; i < path.length; i++) {
            path[i] = (1 - rates.path()) * path[i] + share * Math.sqrt(variances[i]) * whitened[i];
            double spread = 0;
            for (int rank = 0; rank < recombination.parents(); rank++) {
                double z = normal[order[rank]][i];
                spread += recombination.weights()[rank] * z * z;
            }
            variances[i] = (1 - rates.one() * (1 - lost) - rates.all() + rates.all() * spread) * variances[i]
                    + rates.one() * path[i] * path[i];
        }
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        sigma = tape.number(sigma);
        control.pass(tape);
        tape.numbers(path);
        tape.numbers(variances);
    }
}
