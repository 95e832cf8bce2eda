package io.fovea.search;

/**
 * Limited-memory matrix adaptation, "lm-ma-es": a few direction vectors stand for the covariance, in many dimensions.
 *
 * <p>Sampling: d = z, then d ← (1 − c_d,j)·d + c_d,j·mⱼ·(mⱼᵀ·d) for the directions j = 1 … min(t, M) in turn, x = m + σ·d. After selection
 * s = Σ wᵢ·zᵢ: p_σ ← (1 − c_σ)·p_σ + √(μ_eff·c_σ(2 − c_σ))·s; mⱼ ← (1 − c_c,j)·mⱼ + √(μ_eff·c_c,j(2 − c_c,j))·s; σ ← σ·exp(c_σ/2·(‖p_σ‖²/n − 1)). Rates:
 * c_σ = 2λ/n, c_d,j = 1/(1.5^(j−1)·n), c_c,j = λ/(4^(j−1)·n). The source means n of 100 and more; where n is small, it counts as at least 7 in the rates, and c_σ and c_c stay at ½ or below.
 *
 * <p>Cost per generation O(λ·M·n); memory (2·λ + M + 2)·n numbers. A λ far above the default makes the rates too high.
 *
 * <p>Symbols: z from N(0, I), M = 4 + ⌊3·ln n⌋ directions mⱼ, t generation.
 * <p>Source: Loshchilov, Glasmachers and Beyer 2017, Limited-memory matrix adaptation for large scale black-box optimization,
 * arXiv:1705.06693, algorithm 1 and section 3.
 */
public final class LimitedMemoryMaEs extends Search {

    private final Recombination recombination;
    private final double cSigma;
    private final double[] cDirection;
    private final double[] cPath;
    private final double[] mean;
    private double sigma;
    private double stretched = 1; // root mean square of the last generation's d
    private final double[] stepPath;
    private final double[][] directions; // [M, n]
    private final double[][] normal; // z [λ, n]
    private final double[][] steps; // d [λ, n]

    /**
     * A search with 4 + ⌊3·ln n⌋ candidates per generation, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if there are fewer than 4 candidates
     */
    public LimitedMemoryMaEs(SearchSettings settings) {
        super(
                "lm-ma-es",
                settings,
                PopulationSize.of("lm-ma-es", settings, PopulationSize.logarithmic(settings.dimensions()), 4),
                "none");
        int n = dimensions();
        recombination = Recombination.positive(population());
        double size = Math.max(7, n);
        cSigma = Math.min(0.5, 2 * population() / size);
        int memory = PopulationSize.logarithmic(n);
        cDirection = new double[memory];
        cPath = new double[memory];
        for (int j = 0; j < memory; j++) {
            cDirection[j] = 1 / (Math.pow(1.5, j) * size);
            cPath[j] = Math.min(0.5, population() / (Math.pow(4, j) * size));
        }
        mean = settings.start();
        sigma = settings.stepSize();
        stepPath = new double[n];
        directions = new double[memory][n];
        normal = new double[population()][n];
        steps = new double[population()][n];
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    /** Returns σ times the root mean square of the last steps d, as the directions stretch them by orders of magnitude. */
    @Override
    public double stepSize() {
        return sigma * stretched;
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        int known = Math.min(generation(), directions.length);
        for (int k = 0; k < candidates.length; k++) {
            random.fillNormal(normal[k]);
            double[] d = steps[k];
            System.arraycopy(normal[k], 0, d, 0, d.length);
            for (int j = 0; j < known; j++) stretch(d, directions[j], cDirection[j]);
            for (int i = 0; i < mean.length; i++) candidates[k][i] = mean[i] + sigma * d[i];
        }
        return candidates;
    }

    private static void stretch(double[] d, double[] direction, double rate) {
        double along = rate * Rows.dot(direction, d);
        for (int i = 0; i < d.length; i++) d[i] = (1 - rate) * d[i] + along * direction[i];
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        int[] order = Ranking.order(fitness);
        Rows.add(mean, sigma, recombination.mean(order, steps), mean.length);
        double[] step = recombination.mean(order, normal);
        follow(stepPath, step, cSigma);
        for (int j = 0; j < directions.length; j++) follow(directions[j], step, cPath[j]);
        double relative = Rows.dot(stepPath, stepPath) / mean.length;
        sigma *= Math.exp(Math.min(1, cSigma / 2 * (relative - 1)));
        double squares = 0;
        for (double[] d : steps) squares += Rows.dot(d, d);
        stretched = Math.sqrt(squares / (steps.length * (double) mean.length));
    }

    private void follow(double[] path, double[] step, double rate) {
        double share = Math.sqrt(recombination.mass() * rate * (2 - rate));
        for (int i = 0; i < path.length; i++) path[i] = (1 - rate) * path[i] + share * step[i];
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        sigma = tape.number(sigma);
        stretched = tape.number(stretched);
        tape.numbers(stepPath);
        tape.rows(directions);
    }
}
