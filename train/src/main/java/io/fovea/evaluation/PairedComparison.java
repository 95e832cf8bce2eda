package io.fovea.evaluation;

import io.fovea.task.Measure;

/**
 * Two classifiers on the same pictures: how many only one of them gets right, and whether that could be chance.
 *
 * <p>Formula: pictures that both get right, or neither, say nothing. If the two are equally good, of the n = b + c others each falls to either with
 * probability ½, so p = min(1, 2·Σ_{i=0}^{min(b, c)} C(n, i)/2ⁿ): the exact test of McNemar, two-sided.
 *
 * <p>Source: Q. McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages", Psychometrika 12, 153–157,
 * doi:10.1007/BF02295996, with binomial tails for the χ² of its equation 1.
 *
 * @param pictures   judged by both
 * @param onlyFirst  b, those that only the first gets right
 * @param onlySecond c, those that only the second gets right
 */
public record PairedComparison(long pictures, long onlyFirst, long onlySecond) {

    private static final double CHANCE = 0.05;

    /** Checks that 0 ≤ b + c ≤ pictures. */
    public PairedComparison {
        if (onlyFirst < 0 || onlySecond < 0 || onlyFirst + onlySecond > pictures)
            throw new IllegalArgumentException(onlyFirst + " and " + onlySecond + " of " + pictures);
    }

    /**
     * Compares picture by picture.
     *
     * @param first  [N] whether the first classifier gets it right
     * @param second [N] likewise
     */
    public static PairedComparison of(boolean[] first, boolean[] second) {
        if (first.length != second.length)
            throw new IllegalArgumentException("Expected " + first.length + " answers, found " + second.length);
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int n = 0; n < first.length; n++) {
            if (first[n] && !second[n]) onlyFirst++;
            if (second[n] && !first[n]) onlySecond++;
        }
        return new PairedComparison(first.length, onlyFirst, onlySecond);
    }

    /** Returns how much larger the share is that the second gets right, −1 to 1; 0 of no pictures. */
    public double gain() {
        return pictures == 0 ? 0 : (double) (onlySecond - onlyFirst) / pictures;
    }

    /**
     * Returns the 95 % interval of {@link #gain}.
     *
     * <p>Formula: with ½ added to each of the four counts of pictures, d = (c − b) / n and d ± 1.96·√(b + c − (c − b)² / n) / n.
     * <p>Source: Agresti and Min 2005, "Simple improved confidence intervals for comparing matched proportions", doi:10.1002/sim.1781.
     */
    public Measure.Interval interval() {
        double n = pictures + 2.0;
        double b = onlyFirst + 0.5;
        double c = onlySecond + 0.5;
        double reach = 1.959964 * Math.sqrt(b + c - (c - b) * (c - b) / n) / n;
        double middle = (c - b) / n;
        return new Measure.Interval(Math.max(-1, middle - reach), Math.min(1, middle + reach));
    }

    /** Returns p: how likely a difference at least as large is if both are equally good. */
    public double pValue() {
        long n = onlyFirst + onlySecond;
        double term = -n * Math.log(2); // ln of C(n, i) / 2ⁿ
        double tail = 0;
        for (long i = 0; i <= Math.min(onlyFirst, onlySecond); i++) {
            tail += Math.exp(term);
            term += Math.log((double) (n - i) / (i + 1));
        }
        return Math.min(1, 2 * tail);
    }

    /** Returns whether p is below 0.05. */
    public boolean isBeyondChance() {
        return pValue() < CHANCE;
    }
}
