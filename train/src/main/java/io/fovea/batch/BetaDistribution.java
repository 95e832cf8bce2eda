package io.fovea.batch;

import java.util.random.RandomGenerator;

/**
 * The symmetric Beta(α, α) distribution on 0 … 1: one half at α = ∞, even at α = 1, close to 0 or 1 for small α.
 *
 * <p>Drawn as X / (X + Y) with X and Y from Gamma(α + 1) · U^(1/α), as logarithms since these vanish for small α.
 *
 * <p>Source: Marsaglia and Tsang 2000, "A simple method for generating gamma variables", doi:10.1145/358407.358414, section 2 and, for
 * α below 1, its note on boosting.
 */
final class BetaDistribution {

    /** Logarithms that differ by more than this make no difference any more, and their difference must stay a number. */
    private static final double SMALLEST_LOGARITHM = -1e300;

    private final double alpha;
    private final double d;
    private final double c;

    /** For α above 0. */
    BetaDistribution(double alpha) {
        this.alpha = alpha;
        // the method's constants for Gamma(α + 1)
        this.d = alpha + 1 - 1 / 3.0;
        this.c = 1 / Math.sqrt(9 * d);
    }

    /** Draws a value; takes a varying number of draws. */
    double draw(RandomGenerator random) {
        double logarithmOfRatio = logarithmOfGamma(random) - logarithmOfGamma(random);
        return 1 / (1 + StrictMath.exp(logarithmOfRatio));
    }

    private double logarithmOfGamma(RandomGenerator random) {
        double boost = StrictMath.log(1 - random.nextDouble()) / alpha; // of 0 < U ≤ 1
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root <= 0) continue;
            double v = root * root * root;
            double u = 1 - random.nextDouble();
            if (StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return Math.max(SMALLEST_LOGARITHM, StrictMath.log(d * v) + boost);
            }
        }
    }
}
