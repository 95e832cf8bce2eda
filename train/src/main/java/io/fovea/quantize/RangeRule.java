package io.fovea.quantize;

/** Ways to a range from how often values occurred; which is best differs from place to place, and is measured there. */
enum RangeRule {
    /** From the smallest value to the largest: nothing is cut off. */
    MIN_MAX,
    /** What lies between the outermost 0.01 % on either side. */
    PERCENTILE,
    /**
     * The range whose whole numbers tell most about the values: the smallest divergence of Kullback and Leibler between the counts and what is left of them.
     *
     * <p>Source: Migacz 2017, "8-bit inference with TensorRT".
     */
    ENTROPY,
    /** The range with the smallest mean square of what is lost, by rounding within and by cutting off beyond. */
    SQUARED_ERROR;

    private static final double CUT_OFF = 1e-4;
    /** How many ranges the last two rules look at, each smaller than the one before by the same factor. */
    private static final int TRIED = 80;

    private static final double FACTOR = 0.965;

    /** Returns the range of values that were counted. */
    Range of(Histogram histogram) {
        Range whole = histogram.range();
        if (whole.reach() == 0) return whole;
        return switch (this) {
            case MIN_MAX -> whole;
            case PERCENTILE -> percentile(histogram, whole);
            case ENTROPY, SQUARED_ERROR -> {
                Range best = whole;
                double least = Double.POSITIVE_INFINITY;
                double bound = whole.reach();
                for (int i = 0; i < TRIED; i++, bound *= FACTOR) {
                    Range range = whole.within(bound);
                    double loss = this == ENTROPY ? divergence(histogram, range) : squaredError(histogram, range);
                    if (loss < least) {
                        least = loss;
                        best = range;
                    }
                }
                yield best;
            }
        };
    }

    private static Range percentile(Histogram histogram, Range whole) {
        long beyond = (long) (CUT_OFF * histogram.total());
        int first = 0;
        int last = Histogram.BINS - 1;
        for (long seen = histogram.count(first); seen <= beyond && first < last; seen += histogram.count(first))
            first++;
        for (long seen = histogram.count(last); seen <= beyond && last > first; seen += histogram.count(last)) last--;
        double half = histogram.width() / 2;
        return new Range(
                Math.clamp(histogram.middle(first) - half, whole.low(), 0),
                Math.clamp(histogram.middle(last) + half, 0, whole.high()));
    }

    /** Σ (x − clamp(x))² over all values, and step² / 12 for each within. */
    private static double squaredError(Histogram histogram, Range range) {
        double step = (range.high() - range.low()) / ActivationScale.LARGEST;
        double sum = 0;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            long count = histogram.count(bin);
            if (count == 0) continue;
            double x = histogram.middle(bin);
            double off = x - Math.clamp(x, range.low(), range.high());
            sum += count * (off * off + (off == 0 ? step * step / 12 : 0));
        }
        return sum;
    }

    /** Σ p·ln(p / q): p the counts with what is cut off added to the ends, q the counts within, each level's spread evenly over its filled bins. */
    private static double divergence(Histogram histogram, Range range) {
        double[] p = new double[Histogram.BINS];
        double[] levels = new double[ActivationScale.LARGEST + 1];
        int[] filled = new int[levels.length];
        double step = (range.high() - range.low()) / ActivationScale.LARGEST;
        int first = -1;
        int last = -1;
        double below = 0;
        double above = 0;
        double within = 0;
        for (int bin = 0; bin < p.length; bin++) {
            long count = histogram.count(bin);
            if (count == 0) continue;
            double x = histogram.middle(bin);
            if (x < range.low() - histogram.width()) below += count;
            else if (x > range.high() + histogram.width()) above += count;
            else {
                if (first < 0) first = bin;
                last = bin;
                p[bin] = count;
                within += count;
                int level = level(x, range, step);
                levels[level] += count;
                filled[level]++;
            }
        }
        if (within == 0) return Double.POSITIVE_INFINITY;
        p[first] += below;
        p[last] += above;
        double sum = 0;
        for (int bin = first; bin <= last; bin++) {
            if (p[bin] == 0) continue;
            int level = level(histogram.middle(bin), range, step);
            double q = levels[level] / filled[level] / within;
            double share = p[bin] / histogram.total();
            sum += share * Math.log(share / q);
        }
        return sum;
    }

    private static int level(double x, Range range, double step) {
        return (int) Math.clamp(Math.rint((x - range.low()) / step), 0, ActivationScale.LARGEST);
    }
}
