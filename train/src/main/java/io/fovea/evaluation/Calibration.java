package io.fovea.evaluation;

import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a classifier is as often right as it says.
 *
 * <p>Formula: predictions are put into {@value #BINS} bins of equal width by the probability of the predicted class. With the mean probability c(b) and
 * the share of right ones a(b) of the n(b) predictions of a bin, the expected calibration error is Σ n(b)/n · |a(b) − c(b)|, 0 to 1.
 *
 * <p>Source: C. Guo et al. 2017, "On calibration of modern neural networks", arXiv:1706.04599, equation 3; bins (low, high], the first with its low end.
 *
 * @param bins from the least to the most probable, empty ones too
 */
public record Calibration(List<Bin> bins) {

    static final int BINS = 15;

    /** Copies. */
    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Predictions of about the same probability.
     *
     * @param low         lower end of their probabilities
     * @param high        upper end
     * @param probability their mean probability; 0 of none
     * @param right       how many of them are right, with the interval of that share
     */
    public record Bin(double low, double high, double probability, Proportion right) {}

    /** Puts predictions one after the other into their bins. For one thread. */
    static final class Builder {

        private final double[] sums = new double[BINS];
        private final long[] counts = new long[BINS];
        private final long[] hits = new long[BINS];

        void add(double probability, boolean right) {
            int bin = Math.clamp((int) Math.ceil(probability * BINS) - 1, 0, BINS - 1);
            sums[bin] += probability;
            counts[bin]++;
            if (right) hits[bin]++;
        }

        Calibration calibration() {
            List<Bin> bins = new ArrayList<>();
            for (int b = 0; b < BINS; b++) {
                double mean = counts[b] == 0 ? 0 : sums[b] / counts[b];
                bins.add(new Bin((double) b / BINS, (b + 1.0) / BINS, mean, new Proportion(hits[b], counts[b])));
            }
            return new Calibration(bins);
        }
    }

    /** Returns how many predictions there are. */
    public long count() {
        return bins.stream().mapToLong(bin -> bin.right().count()).sum();
    }

    /** Returns the expected calibration error, 0 to 1. */
    public double expectedError() {
        double sum = 0;
        for (Bin bin : bins) sum += bin.right().count() * Math.abs(bin.right().value() - bin.probability());
        return sum / Math.max(1, count());
    }

    /** Returns the mean probability of the predicted classes less the share of right ones: above 0 it is too sure, below 0 too careful. */
    public double excess() {
        double sum = 0;
        for (Bin bin : bins)
            sum += bin.right().count() * (bin.probability() - bin.right().value());
        return sum / Math.max(1, count());
    }

    /** Returns in a sentence what the error means. */
    public String words() {
        String tendency = Math.abs(excess()) <= expectedError() / 2
                ? "neither too sure nor too careful on the whole"
                : excess() > 0 ? "mostly too sure" : "mostly too careful";
        return String.format(
                Locale.ROOT,
                "Its probabilities miss the share of right answers by %.1f points of a hundred on average (expected"
                        + " calibration error): %s.",
                100 * expectedError(),
                tendency);
    }
}
