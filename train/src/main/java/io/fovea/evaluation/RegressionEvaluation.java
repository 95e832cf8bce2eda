package io.fovea.evaluation;

import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
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
        Builder builder = new Builder(targets, guess);
        double[] wanted = new double[width];
        for (int i = 0; i < sources.size(); i++) {
            for (int t = 0; t < width; t++) wanted[t] = truth[i * width + t];
            builder.add(wanted, outputs, i * width, sources.get(i));
        }
        return builder.evaluation();
    }

    /** Judges pictures one after the other. For one thread. */
    public static final class Builder {

        private final List<Target> targets;
        private final double[] guess;
        private final PictureError measure;
        private final List<JudgedValues> pictures = new ArrayList<>();

        /**
         * Begins without pictures.
         *
         * @param guess [T] usually the means of the training pictures
         */
        public Builder(List<Target> targets, double[] guess) {
            this.targets = List.copyOf(targets);
            this.guess = guess.clone();
            this.measure = new PictureError(targets);
        }

        /**
         * Judges the next picture.
         *
         * @param truth   [T] true values
         * @param outputs holds the network's T outputs, in network units, from {@code offset} on
         * @throws Problem if an output is NaN or infinite, as after a run that diverged
         */
        public void add(double[] truth, float[] outputs, int offset, String source) {
            double[] found = new double[targets.size()];
            for (int t = 0; t < found.length; t++) {
                if (!Float.isFinite(outputs[offset + t])) {
                    throw new Problem(
                            "The network gives " + outputs[offset + t] + " for target \""
                                    + targets.get(t).name() + "\"",
                            "picture " + source,
                            "the training has diverged: train again with a lower learning rate, or use an earlier"
                                    + " checkpoint");
                }
                found[t] = targets.get(t).value(outputs[offset + t]);
            }
            double[] wanted = truth.clone();
            pictures.add(new JudgedValues(pictures.size(), source, wanted, found, measure.of(wanted, found)));
        }

        /** Returns how many pictures were judged. */
        public int count() {
            return pictures.size();
        }

        /** Returns the evaluation of all pictures. */
        public RegressionEvaluation evaluation() {
            return new RegressionEvaluation(targets, pictures, guess);
        }
    }

    @Override
    public int count() {
        return pictures.size();
    }

    @Override
    public List<Measure> measures() {
        return RegressionReport.measures(this);
    }

    @Override
    public String title() {
        return "Error";
    }

    @Override
    public String words() {
        return RegressionReport.words(this);
    }

    @Override
    public Map<String, Object> figures() {
        return RegressionReport.figures(this);
    }

    @Override
    public Map<String, Object> details() {
        return RegressionReport.details(this);
    }

    @Override
    public List<ReportPart> report() {
        return RegressionReport.report(this);
    }

    @Override
    public void write(IntFunction<Pixels> drawnOn, Path folder) {
        EvaluationFiles.write(this, drawnOn, folder);
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
        }
    }
}
