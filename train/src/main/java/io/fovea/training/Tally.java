package io.fovea.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fovea.learning.Learning;
import io.fovea.module.BatchTally;
import io.fovea.task.Measure;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over the pictures of some steps, and the means that events tell. Immutable.
 *
 * @param pictures how many
 * @param lossSum  loss times pictures
 * @param counts   what {@link Learning#count} counted, as seen in training; empty for no steps at all
 * @param seconds  spent on these steps
 */
public record Tally(long pictures, double lossSum, List<Double> counts, double seconds) {

    /** Of no steps at all. */
    public static final Tally EMPTY = new Tally(0, 0, List.of(), 0);

    /** Copies. */
    public Tally {
        counts = List.copyOf(counts);
    }

    /** Reads checkpoints, those of older versions too: they had a sum for each of two tasks, one of which was 0. */
    @JsonCreator
    static Tally read(
            @JsonProperty("pictures") long pictures,
            @JsonProperty("lossSum") double lossSum,
            @JsonProperty("counts") List<Double> counts,
            @JsonProperty("correct") double correct,
            @JsonProperty("errorSum") double errorSum,
            @JsonProperty("seconds") double seconds) {
        return new Tally(pictures, lossSum, counts == null ? List.of(correct + errorSum) : counts, seconds);
    }

    /** Of a batch, without the time. */
    static Tally of(long pictures, double lossSum, double[] counts) {
        return new Tally(pictures, lossSum, Arrays.stream(counts).boxed().toList(), 0);
    }

    /** Of a batch in training, without the time. */
    static Tally of(BatchTally batch) {
        return of(batch.pictures(), batch.loss() * batch.pictures(), batch.counts());
    }

    /** Returns the sums with another tally's. */
    public Tally with(Tally other) {
        return new Tally(
                pictures + other.pictures, lossSum + other.lossSum, sum(other.counts), seconds + other.seconds);
    }

    private List<Double> sum(List<Double> others) {
        if (counts.isEmpty()) return others;
        if (others.isEmpty()) return counts;
        double[] sum = new double[counts.size()];
        for (int i = 0; i < sum.length; i++) sum[i] = counts.get(i) + others.get(i);
        return Arrays.stream(sum).boxed().toList();
    }

    /** Returns these sums with the time that they took. */
    public Tally took(double moreSeconds) {
        return new Tally(pictures, lossSum, counts, seconds + moreSeconds);
    }

    /** Returns the mean loss of a picture; not a number for no pictures. */
    public double loss() {
        return lossSum / pictures;
    }

    /** Returns how good the pictures' outputs were; nothing for no pictures. */
    List<Measure> measures(Learning learning) {
        if (pictures == 0) return List.of();
        return learning.measures(sums(), pictures);
    }

    /** Returns how much of each true class (rows) was taken for each class, where that is counted; else nothing. */
    List<List<Long>> confusion(Learning learning) {
        return learning.confusion(sums());
    }

    private double[] sums() {
        return counts.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns pictures per second; 0 if no time was spent. */
    public double imagesPerSecond() {
        return seconds > 0 ? pictures / seconds : 0;
    }
}
