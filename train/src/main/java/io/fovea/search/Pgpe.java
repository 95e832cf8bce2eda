package io.fovea.search;

import java.util.Arrays;

/**
 * Policy gradients with parameter-based exploration, "pgpe": the gradient for the mean, followed by ClipUp, and one for each coordinate's
 * deviation.
 *
 * <p>Pairs m ± ε with ε from N(0, diag(σ²)) and shaped fitness u⁺, u⁻. Mean: g = Σ (u⁺ − u⁻)/2 · ε over the pairs; v ← momentum·v + α·g/‖g‖, shortened to v_max; m ← m − v.
 * Deviations: σ ← σ − η·mean of ((u⁺ + u⁻)/2 − b)·(ε² − σ²)/σ, b the mean of u, in no step by more than a share of itself.
 *
 * <p>Cost per generation O(λ·n); memory (λ/2 + 3)·n numbers. Candidates 2i and 2i + 1 are the two of a pair.
 *
 * <p>Symbols: m mean, σ deviations [n], α = v_max/2 step before momentum, v_max longest step.
 * <p>Source: Sehnke et al. 2010, Parameter-exploring policy gradients, Neural Networks 23 (symmetric sampling, and its gradients of mean and
 * deviation); Toklu, Liskowski and Srivastava 2020, ClipUp, arXiv:2008.02387, algorithm 1 and section 3 (α = v_max/2, v_max = ‖σ‖/15).
 */
public final class Pgpe extends Search {

    /**
     * The algorithm's own settings.
     *
     * @param shaping       of the fitness; {@link Shaping#NONE} is for a fitness whose deviation is about 1
     * @param longestStep   v_max at the beginning, as a share of ‖σ‖
     * @param lastShare     of v_max that is left in the last planned generation
     * @param momentum      of ClipUp
     * @param deviationRate η, how fast the deviations learn; 0: they stay
     * @param mostChange    of a deviation in one generation, as a share of itself
     */
    public record Options(
            Shaping shaping,
            double longestStep,
            double lastShare,
            double momentum,
            double deviationRate,
            double mostChange) {

        /** Checks the ranges. */
        public Options {
            if (!(longestStep > 0)) throw new IllegalArgumentException("longestStep must be above 0: " + longestStep);
            if (!(lastShare >= 0 && lastShare <= 1))
                throw new IllegalArgumentException("lastShare must be 0 to 1: " + lastShare);
            if (!(momentum >= 0 && momentum < 1))
                throw new IllegalArgumentException("momentum must be 0 to below 1: " + momentum);
            if (!(deviationRate >= 0))
                throw new IllegalArgumentException("deviationRate must not be negative: " + deviationRate);
            if (!(mostChange > 0 && mostChange < 1))
                throw new IllegalArgumentException("mostChange must be above 0 and below 1: " + mostChange);
        }

        /** As published: ranks, v_max = ‖σ‖/15, momentum 0.9, η = 0.1, changes of at most a fifth; v_max falls to a fifth. */
        public static Options usual() {
            return new Options(Shaping.RANKS, 1.0 / 15, 0.2, 0.9, 0.1, 0.2);
        }

        /** Returns these options with another shaping. */
        public Options withShaping(Shaping other) {
            return new Options(other, longestStep, lastShare, momentum, deviationRate, mostChange);
        }
    }

    private final Options options;
    private final double[] mean;
    private final double[] deviations;
    private final double[] velocity;
    private final double[][] noise; // ε/σ [λ/2, n]

    /**
     * A search with 4 + 3·ln n candidates per generation, rounded up to an even number of at least 16, or as the settings say.
     *
     * @throws io.fovea.problem.Problem if the population is odd
     */
    public Pgpe(SearchSettings settings, Options options) {
        super(
                "pgpe",
                settings,
                PopulationSize.even("pgpe", settings, PopulationSize.pairs(settings.dimensions())),
                options);
        this.options = options;
        mean = settings.start();
        deviations = new double[dimensions()];
        Arrays.fill(deviations, settings.stepSize());
        velocity = new double[dimensions()];
        noise = new double[population() / 2][dimensions()];
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double stepSize() {
        return Math.sqrt(Rows.dot(deviations, deviations) / deviations.length);
    }

    @Override
    double[][] draw(RandomStream random) {
        double[][] candidates = new double[population()][dimensions()];
        for (int pair = 0; pair < noise.length; pair++) {
            random.fillNormal(noise[pair]);
            for (int i = 0; i < mean.length; i++) {
                double epsilon = deviations[i] * noise[pair][i];
                candidates[2 * pair][i] = mean[i] + epsilon;
                candidates[2 * pair + 1][i] = mean[i] - epsilon;
            }
        }
        return candidates;
    }

    @Override
    void learn(double[][] candidates, double[] fitness, RandomStream random) {
        double[] shaped = options.shaping.shape(fitness);
        double baseline = Arrays.stream(shaped).average().orElseThrow();
        double[] gradient = new double[mean.length];
        double[] widening = new double[mean.length];
        for (int pair = 0; pair < noise.length; pair++) {
            double difference = (shaped[2 * pair] - shaped[2 * pair + 1]) / 2;
            double excess = ((shaped[2 * pair] + shaped[2 * pair + 1]) / 2 - baseline) / noise.length;
            double[] z = noise[pair];
            for (int i = 0; i < z.length; i++) {
                gradient[i] += difference * deviations[i] * z[i];
                widening[i] += excess * (z[i] * z[i] - 1);
            }
        }
        move(gradient);
        for (int i = 0; i < deviations.length; i++) {
            double change = -options.deviationRate * widening[i];
            deviations[i] *= 1 + Math.clamp(change, -options.mostChange, options.mostChange);
        }
    }

    /** ClipUp: only the gradient's direction counts, and no step is longer than v_max. */
    private void move(double[] gradient) {
        double fall = 1 - (1 - options.lastShare) * settings().elapsed(generation());
        double longest = options.longestStep * stepSize() * Math.sqrt(mean.length) * fall;
        double length = Math.sqrt(Rows.dot(gradient, gradient));
        double scale = length > 0 ? longest / 2 / length : 0;
        for (int i = 0; i < velocity.length; i++) velocity[i] = options.momentum * velocity[i] + scale * gradient[i];
        double speed = Math.sqrt(Rows.dot(velocity, velocity));
        double clip = speed > longest ? longest / speed : 1;
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] *= clip;
            mean[i] -= velocity[i];
        }
    }

    @Override
    void pass(StateTape tape) {
        tape.numbers(mean);
        tape.numbers(deviations);
        tape.numbers(velocity);
    }
}
