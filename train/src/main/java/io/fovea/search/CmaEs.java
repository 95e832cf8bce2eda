package io.fovea.search;

import io.fovea.problem.Problem;
import java.util.Optional;

/**
 * Covariance matrix adaptation, "cma-es": candidates from N(m, σ²·C), where C learns the scales and correlations of the coordinates.
 *
 * <p>Sampling: y = B·D·z, x = m + σ·y, with C = B·D²·Bᵀ. Mean: m ← m + σ·Σ wᵢ·yᵢ over the better half. Step size: p_σ ← (1 − c_σ)·p_σ + √(c_σ(2 − c_σ)μ_eff)·C^(−½)·Σ wᵢ·yᵢ;
 * σ ← σ·exp((c_σ/d_σ)·(‖p_σ‖/E‖N(0, I)‖ − 1)). Covariance: C ← (1 + c_1·δ − c_1 − c_μ·Σ w)·C + c_1·p_c·p_cᵀ + c_μ·Σ wᵢ·yᵢ·yᵢᵀ over all candidates, where weights of the worse half are negative
 * (active) or 0.
 *
 * <p>B and D are brought up to date only after λ/((c_1 + c_μ)·2·n) candidates, so that decomposing costs O(n²) per candidate.
 *
 * <p>Cost per generation O(λ·n²); memory about 1.5·n² numbers, 12 MB at n = 1,000.
 *
 * <p>Symbols: m mean, σ step size, C covariance, B and D its axes and their lengths, p_σ and p_c evolution paths, c and d rates.
 * <p>Source: Hansen 2016, The CMA evolution strategy: a tutorial, arXiv:1604.00772, equations 38 to 58, table 1, appendix B.2 (lazy
 * decomposition; the 2 is that of Hansen's purecma.py, the tutorial's 10 finds nothing faster).
 */
public final class CmaEs extends Search {

    /** More would take more memory and time than they are worth: a covariance of 1,024 dimensions learns for 80,000 generations. */
    static final int MOST_DIMENSIONS = 1024;

    private static final double LARGEST_CONDITION = 1e14;

    /** Whether the worse half of a generation tells the covariance where not to look. */
    public enum Worse {
        /** It does: negative weights. */
        COUNTS,
        /** It does not: weights of 0, as in the original algorithm. */
        IS_IGNORED
    }

    /**
     * The algorithm's own settings.
     *
     * @param worse what the worse half of a generation does
     */
    public record Options(Worse worse) {

        /** The tutorial's: active. */
        public static Options usual() {
            return new Options(Worse.COUNTS);
        }
    }

    private final Recombination recombination;
    private final CovarianceRates rates;
    private final StepSizeControl control;
    private final double generationsPerBasis;

    private final double[] mean;
    private double sigma;
    private final double[] covariancePath;
    private final double[][] covariance; // row i holds columns 0 … i
    private final double[][] axes; // Bᵀ: row j is an axis
    private final double[] lengths; // D
    private double basisGeneration;
    private final double[][] normal; // z [λ, n]
    private final double[][] steps; // y [λ, n]

    /**
     * A search with 4 + ⌊3·ln n⌋ candidates per generation, or as the settings say.
     *
     * @throws Problem if there are more than 1,024 dimensions, or fewer than 4 candidates
     */
    public CmaEs(SearchSettings settings, Options options) {
        super("cma-es", settings, population(settings), options);
        int n = dimensions();
        Recombination better = Recombination.positive(population());
        rates = CovarianceRates.of(n, better.mass());
        control = new StepSizeControl(n, better.mass());
        recombination = options.worse == Worse.COUNTS ? better.active(n, rates.one(), rates.all()) : better;
        generationsPerBasis = 1 / ((rates.one() + rates.all()) * 2 * n);

        mean = settings.start();
        sigma = settings.stepSize();
        covariancePath = new double[n];
        covariance = new double[n][];
        axes = new double[n][n];
        lengths = new double[n];
        for (int i = 0; i < n; i++) {
            covariance[i] = new double[i + 1];
            covariance[i][i] = 1;
            axes[i][i] = 1;
            lengths[i] = 1;
        }
        normal = new double[population()][n];
        steps = new double[population()][n];
    }

    private static int population(SearchSettings settings) {
        int n = settings.dimensions();
        if (n > MOST_DIMENSIONS) {
            throw new Problem(
                    "cma-es works with at most " + MOST_DIMENSIONS + " dimensions, found " + n + ".",
                    "settings of the search \"cma-es\"",
                    "use sep-cma-es or lm-ma-es, or search fewer numbers at a time");
        }
        return PopulationSize.of("cma-es", settings, PopulationSize.logarithmic(n), 4);
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double stepSize() {
        double trace = 0;
        for (int i = 0; i < covariance.length; i++) trace += covariance[i][i];
        return sigma * Math.sqrt(trace / covariance.length);
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        for (int k = 0; k < candidates.length; k++) {
            random.fillNormal(normal[k]);
            double[] scaled = normal[k].clone();
            for (int j = 0; j < scaled.length; j++) scaled[j] *= lengths[j];
            Rows.combine(axes, scaled, steps[k]);
            for (int i = 0; i < mean.length; i++) candidates[k][i] = mean[i] + sigma * steps[k][i];
        }
        return candidates;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        int[] order = Ranking.order(fitness);
        double[] step = recombination.mean(order, steps);
        Rows.add(mean, sigma, step, mean.length);
        // C^(−½)·Σ wᵢ·yᵢ = B·Σ wᵢ·zᵢ, as y = B·D·z
        double[] whitened = new double[mean.length];
        Rows.combine(axes, recombination.mean(order, normal), whitened);
        control.follow(whitened);
        adaptCovariance(order, step, control.isSettled(generation() + 1));
        sigma *= control.factor();
        if (generation() + 1 - basisGeneration > generationsPerBasis) renewBasis();
    }

    private void adaptCovariance(int[] order, double[] step, boolean settled) {
        int n = mean.length;
        double turnover = rates.path() * (2 - rates.path());
        double share = settled ? Math.sqrt(turnover * recombination.mass()) : 0;
        for (int i = 0; i < n; i++) covariancePath[i] = (1 - rates.path()) * covariancePath[i] + share * step[i];

        double kept = 1 - rates.one() * (settled ? 1 : 1 - turnover);
        double[][] vectors = new double[order.length + 1][];
        double[] factors = new double[order.length + 1];
        for (int rank = 0; rank < order.length; rank++) {
            double weight = recombination.weights()[rank];
            kept -= rates.all() * weight;
            double[] z = normal[order[rank]];
            vectors[rank] = steps[order[rank]];
            // a negative weight must not take more than is there: n/‖z‖² times, as ‖C^(−½)·y‖ = ‖z‖
            factors[rank] = rates.all() * (weight < 0 ? weight * n / Rows.dot(z, z) : weight);
        }
        vectors[order.length] = covariancePath;
        factors[order.length] = rates.one();
        Rows.updateSymmetric(covariance, kept, vectors, factors);
    }

    private void renewBasis() {
        if (!Double.isFinite(stepSize())) return; // reported as diverged
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        for (int j = 0; j < lengths.length; j++) {
            lengths[j] = Math.sqrt(Math.max(0, eigen.values()[j]));
            System.arraycopy(eigen.vectors()[j], 0, axes[j], 0, axes.length);
        }
        basisGeneration = generation() + 1;
    }

    @Override
    Optional<StopReason> ownReasonToStop() {
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (double length : lengths) {
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
        }
        boolean narrow = longest * longest > LARGEST_CONDITION * shortest * shortest;
        return narrow ? Optional.of(StopReason.ILL_CONDITIONED) : Optional.empty();
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        sigma = tape.number(sigma);
        control.pass(tape);
        tape.numbers(covariancePath);
        tape.rows(covariance);
        tape.rows(axes);
        tape.numbers(lengths);
        basisGeneration = tape.number(basisGeneration);
    }
}
