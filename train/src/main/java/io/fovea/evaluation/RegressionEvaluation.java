package io.fovea.evaluation;

import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Everything that is said about a regression on one split. Immutable; threads may share it.
 *
 * <p>Places are in pixels of the prepared picture, the one that the network sees. Every mean has a 95 % interval (see {@link Estimate}).
 *
 * @param targets  T targets in the order of the outputs
 * @param pictures every picture, in the order of the split
 * @param guess    [T] what the errors are compared with: the values that someone would guess who never looks at the picture
 */
public record RegressionEvaluation(List<Target> targets, List<JudgedValues> pictures, double[] guess)
        implements Verdict {

    /** Checks and copies the lists; the array is handed over and no longer written to. */
    public RegressionEvaluation {
        targets = List.copyOf(targets);
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) throw new IllegalArgumentException("There is no picture to judge");
    }

    /**
     * Judges a split.
     *
     * @param truth   [N, T] true values, places in pixels of the prepared picture
     * @param outputs [N, T] the network's outputs, in network units (see {@link Target#value})
     * @param sources [N] where each picture comes from
     * @param guess   [T] usually the means of the training pictures
     * @throws IllegalArgumentException if the sizes do not fit each other, nothing is given, or a true value is no number
     * @throws Problem                  if an output is NaN or infinite, as after a run that diverged
     */
    public static RegressionEvaluation of(
            List<Target> targets, float[] truth, float[] outputs, List<String> sources, double[] guess) {
        check(targets, truth, outputs, sources, guess);
        int width = targets.size();
        PictureError measure = new PictureError(targets);
        List<JudgedValues> pictures = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            double[] wanted = new double[width];
            double[] found = new double[width];
            for (int t = 0; t < width; t++) {
                wanted[t] = truth[i * width + t];
                found[t] = targets.get(t).value(outputs[i * width + t]);
            }
            pictures.add(new JudgedValues(i, sources.get(i), wanted, found, measure.of(wanted, found)));
        }
        return new RegressionEvaluation(targets, pictures, guess.clone());
    }

    /** Returns what the error of a picture and the mean error are in. */
    public ErrorUnit unit() {
        return new PictureError(targets).unit();
    }

    /**
     * Returns the mean of the pictures' errors.
     *
     * <p>Where there are places, a picture's error is its mean distance over all points, in pixels. Without places it is the absolute
     * error of the one value, or the mean of |error| / scale of several.
     */
    public Estimate meanError() {
        return Estimate.mean(pictures.stream().mapToDouble(JudgedValues::error).toArray());
    }

    /** Returns the mean error of always guessing {@link #guess}. */
    public double guessError() {
        PictureError measure = new PictureError(targets);
        return mean(picture -> measure.of(picture.truth(), guess));
    }

    /** Returns the errors of each target, in the order of the outputs. */
    public List<TargetReport> targetReports() {
        List<TargetReport> reports = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            int at = t;
            double[] errors = errors(picture -> Math.abs(picture.predicted()[at] - picture.truth()[at]));
            double[] guessed = errors(picture -> Math.abs(guess[at] - picture.truth()[at]));
            reports.add(new TargetReport(
                    targets.get(t),
                    Estimate.rootMeanSquare(errors),
                    Estimate.mean(errors),
                    Estimate.rootMeanSquare(guessed).value(),
                    Estimate.mean(guessed).value()));
        }
        return reports;
    }

    /** Returns the errors of each point; empty where no targets belong together. */
    public List<PointReport> points() {
        return TargetPoint.among(targets).stream().map(this::report).toList();
    }

    private PointReport report(TargetPoint point) {
        return new PointReport(
                point.name(),
                Estimate.mean(errors(picture -> PictureError.distance(point, picture.truth(), picture.predicted()))),
                mean(picture -> PictureError.distance(point, picture.truth(), guess)));
    }

    /** Returns the {@code count} pictures of largest error, the largest first; of equal ones the earlier first. */
    public List<JudgedValues> hardest(int count) {
        return pictures.stream()
                .sorted(Comparator.comparingDouble(JudgedValues::error)
                        .reversed()
                        .thenComparingInt(JudgedValues::position))
                .limit(count)
                .toList();
    }

    private double[] errors(ToDoubleFunction<JudgedValues> error) {
        return pictures.stream().mapToDouble(error).toArray();
    }

    private double mean(ToDoubleFunction<JudgedValues> error) {
        return Estimate.mean(errors(error)).value();
    }

    private static void check(
            List<Target> targets, float[] truth, float[] outputs, List<String> sources, double[] guess) {
        int width = targets.size();
        if (sources.isEmpty()) throw new IllegalArgumentException("There is no picture to judge");
        if (width == 0) throw new IllegalArgumentException("There is no target to judge by");
        long expected = (long) sources.size() * width;
        if (truth.length != expected || outputs.length != expected || guess.length != width) {
            throw new IllegalArgumentException("Expected truth and outputs [" + sources.size() + ", " + width
                    + "] and a guess [" + width + "], found " + truth.length + ", " + outputs.length + " and "
                    + guess.length + " values");
        }
        for (int i = 0; i < truth.length; i++) {
            String name = targets.get(i % width).name();
            if (!Float.isFinite(truth[i])) {
                throw new IllegalArgumentException(
                        "The true \"" + name + "\" of " + sources.get(i / width) + " must be a number: " + truth[i]);
            }
            if (!Float.isFinite(outputs[i])) {
                throw new Problem(
                        "The network gives " + outputs[i] + " for target \"" + name + "\"",
                        "picture " + sources.get(i / width),
                        "the training has diverged: train again with a lower learning rate, or use an earlier"
                                + " checkpoint");
            }
        }
    }
}
