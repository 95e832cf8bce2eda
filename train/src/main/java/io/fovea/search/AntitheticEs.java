package io.fovea.search;

/**
 * Follows the gradient of the smoothed fitness, estimated from pairs m + σ·ε and m − σ·ε, with Adam: "es-adam" and "openai-es".
 *
 * <p>g = 1/p · Σ (u⁺ − u⁻)/(2σ) · ε over p pairs, with ε from N(0, I) and u the shaped fitness. Then an Adam step of rate η, a multiple of σ that falls
 * linearly to its last share over the planned generations. σ stays. Weight decay is decoupled: m ← (1 − η·decay)·m before the step.
 *
 * <p>Candidates 2i and 2i + 1 are the two of a pair. Cost per generation O(λ·n); memory (λ/2 + 3)·n numbers.
 *
 * <p>Symbols: m mean, σ step size, p pairs = λ/2, η learning rate.
 * <p>Source: Salimans et al. 2017, arXiv:1703.03864, algorithm 1 and section 2.1 (mirrored sampling, ranks, weight decay); Nesterov and Spokoiny 2017, Random gradient-free minimization of convex functions, Foundations of Computational Mathematics 17 (the estimate: central differences along normal directions).
 */
public final class AntitheticEs extends Search {

    /**
     * How the gradient is estimated and followed.
     *
     * @param shaping      {@link Shaping#RANKS} makes it OpenAI's strategy
     * @param learningRate η at the beginning, as a multiple of the step size σ
     * @param lastShare    of η that is left in the last planned generation
     * @param beta1        how much of the mean gradient stays
     * @param beta2        how much of the mean squared gradient stays
     * @param weightDecay  share of the mean that a step of rate 1 takes away
     */
    public record Options(
            Shaping shaping, double learningRate, double lastShare, double beta1, double beta2, double weightDecay) {

        /** Checks the ranges. */
        public Options {
            if (!(learningRate > 0))
                throw new IllegalArgumentException("learningRate must be above 0: " + learningRate);
            if (!(lastShare >= 0 && lastShare <= 1))
                throw new IllegalArgumentException("lastShare must be 0 to 1: " + lastShare);
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1))
                throw new IllegalArgumentException("beta1 and beta2 must be 0 to below 1: " + beta1 + ", " + beta2);
            if (!(weightDecay >= 0))
                throw new IllegalArgumentException("weightDecay must not be negative: " + weightDecay);
        }

        /** For a smooth fitness: plain differences, η = σ/12 falling to a fifth, β 0.9 and 0.99. */
        public static Options smooth() {
            return new Options(Shaping.NONE, 1.0 / 12, 0.2, 0.9, 0.99, 0);
        }

        /** For any fitness: ranks, η = σ/10 falling to a fifth, β 0.9 and 0.999. */
        public static Options ranked() {
            return new Options(Shaping.RANKS, 0.1, 0.2, 0.9, 0.999, 0);
        }

        /** Returns these options with another learning rate, as a multiple of the step size. */
        public Options withLearningRate(double multiple) {
            return new Options(shaping, multiple, lastShare, beta1, beta2, weightDecay);
        }

        String name() {
            return shaping == Shaping.RANKS ? "openai-es" : "es-adam";
        }
    }

    private final Options options;
    private final double[] mean;
    private final double[][] noise; // [p, n]
    private final Adam adam;

    /**
     * A search with 16 candidates per generation, or as the settings say; "openai-es" takes more above 54 dimensions.
     *
     * @throws io.fovea.problem.Problem if the population is odd
     */
    public AntitheticEs(SearchSettings settings, Options options) {
        super(options.name(), settings, population(settings, options), options);
        this.options = options;
        mean = settings.start();
        noise = new double[population() / 2][dimensions()];
        adam = new Adam(dimensions(), options.beta1, options.beta2);
    }

    private static int population(SearchSettings settings, Options options) {
        int own = options.shaping == Shaping.RANKS ? PopulationSize.pairs(settings.dimensions()) : 16;
        return PopulationSize.even(options.name(), settings, own);
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double stepSize() {
        return settings().stepSize();
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        double sigma = stepSize();
        for (int pair = 0; pair < noise.length; pair++) {
            double[] epsilon = noise[pair];
            random.fillNormal(epsilon);
            double[] plus = candidates[2 * pair];
            double[] minus = candidates[2 * pair + 1];
            for (int i = 0; i < epsilon.length; i++) {
                plus[i] = mean[i] + sigma * epsilon[i];
                minus[i] = mean[i] - sigma * epsilon[i];
            }
        }
        return candidates;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        double[] shaped = options.shaping.shape(fitness);
        double[] gradient = new double[dimensions()];
        for (int pair = 0; pair < noise.length; pair++) {
            double weight = (shaped[2 * pair] - shaped[2 * pair + 1]) / (2 * stepSize() * noise.length);
            double[] epsilon = noise[pair];
            for (int i = 0; i < gradient.length; i++) gradient[i] += weight * epsilon[i];
        }
        double fall = 1 - (1 - options.lastShare) * settings().elapsed(generation());
        double rate = options.learningRate * stepSize() * fall;
        if (options.weightDecay > 0) for (int i = 0; i < mean.length; i++) mean[i] *= 1 - rate * options.weightDecay;
        adam.step(mean, gradient, rate);
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        adam.pass(tape);
    }
}
