package io.fovea.task;

/**
 * A share of examples, with its 95 % Wilson interval.
 *
 * <p>Formula: with p = hits/n and z = 1.959964, the interval is
 * (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Unlike p ± z·√(p(1 − p)/n) it stays within 0 … 1 and is right near both ends.
 *
 * <p>Source: E. B. Wilson 1927, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22, 209–212, doi:10.1080/01621459.1927.10502953.
 *
 * @param hits  how many
 * @param count of how many; 0 of 0 is taken as 0 with the interval [0, 1], as nothing is known
 */
public record Proportion(long hits, long count) {

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Checks that 0 ≤ hits ≤ count. */
    public Proportion {
        if (hits < 0 || hits > count) throw new IllegalArgumentException(hits + " of " + count);
    }

    /** Returns hits/count, 0 to 1. */
    public double value() {
        return count == 0 ? 0 : (double) hits / count;
    }

    /** Returns the lower end of the interval. */
    public double low() {
        return hits == 0 ? 0 : centre() - halfWidth();
    }

    /** Returns the upper end of the interval. */
    public double high() {
        return hits == count ? 1 : centre() + halfWidth();
    }

    private double centre() {
        return (value() + Z * Z / (2 * count)) / (1 + Z * Z / count);
    }

    private double halfWidth() {
        double p = value();
        double n = count;
        return Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
    }
}
