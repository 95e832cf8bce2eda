package io.fovea.quantize;

import io.fovea.network.Shape;
import io.fovea.task.Task;

/**
 * How far a network's answers are from those of another.
 *
 * <p>Formula: where answers are probabilities of K classes, the mean over pictures, and over places of a map, of Σ p·ln(p / q), the divergence of Kullback
 * and Leibler in nats, with p the first network's. Else Σ(y − ŷ)² / Σ(y − ȳ)², the share of the first one's variance that is lost.
 */
public final class OutputDifference {

    private final boolean probabilities;
    private final int classes;
    private final int places;
    private double sum;
    private double squares;
    private double plain;
    private long count;
    private long agreeing;
    private int pictures;

    /** For answers of a task in a network's result of that shape. */
    public OutputDifference(Task task, Shape shape) {
        probabilities = task.probabilities().isPresent();
        classes = shape.size(0);
        places = Math.toIntExact(shape.count()) / classes;
    }

    /** Returns up to which difference whole numbers are good enough: 0.05 nats, or a hundredth of the variance. */
    public static double usualBound(Task task) {
        return task.probabilities().isPresent() ? 0.05 : 0.01;
    }

    /** Adds both results for a picture, flat. */
    public void add(float[] first, float[] second) {
        pictures++;
        for (int place = 0; place < places; place++) {
            if (probabilities) divergence(first, second, place);
            else squared(first, second, place);
        }
    }

    private void divergence(float[] first, float[] second, int place) {
        double p = logOfSum(first, place);
        double q = logOfSum(second, place);
        int bestFirst = 0;
        int bestSecond = 0;
        for (int k = 0; k < classes; k++) {
            double logP = first[k * places + place] - p;
            sum += Math.exp(logP) * (logP - (second[k * places + place] - q));
            if (first[k * places + place] > first[bestFirst * places + place]) bestFirst = k;
            if (second[k * places + place] > second[bestSecond * places + place]) bestSecond = k;
        }
        count++;
        if (bestFirst == bestSecond) agreeing++;
    }

    private double logOfSum(float[] logits, int place) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) most = Math.max(most, logits[k * places + place]);
        double total = 0;
        for (int k = 0; k < classes; k++) total += Math.exp(logits[k * places + place] - most);
        return most + Math.log(total);
    }

    private void squared(float[] first, float[] second, int place) {
        for (int k = 0; k < classes; k++) {
            double y = first[k * places + place];
            double off = y - second[k * places + place];
            sum += off * off;
            plain += y;
            squares += y * y;
            count++;
        }
    }

    /** Returns the difference; 0 if nothing was added. Never NaN for finite results. */
    public double value() {
        if (count == 0) return 0;
        if (probabilities) return Math.max(0, sum / count);
        double variance = squares - plain * plain / count;
        return sum == 0 ? 0 : sum / Math.max(variance, Double.MIN_NORMAL);
    }

    /** Returns how often the most probable class is the same, 0 to 1; 1 where answers are no probabilities. */
    public double agreement() {
        return probabilities && count > 0 ? (double) agreeing / count : 1;
    }

    /** Returns how many pictures were added. */
    public int pictures() {
        return pictures;
    }
}
