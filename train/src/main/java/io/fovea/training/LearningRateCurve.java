package io.fovea.training;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The loss over rising learning rates.
 *
 * @param points in the order of their rates
 */
public record LearningRateCurve(List<Point> points) {

    /** Points on each side over which the slope is taken. */
    private static final int REACH = 3;
    /** A fall of the smoothed loss by less than this part is noise. */
    private static final double LEAST_FALL = 0.02;

    /**
     * A step.
     *
     * @param learningRate of the step
     * @param loss         of its pictures, before the step
     * @param smoothed     over the steps until this one
     */
    public record Point(double learningRate, double loss, double smoothed) {}

    /** Copies. */
    public LearningRateCurve {
        points = List.copyOf(points);
    }

    /**
     * Returns the rate to take: where the smoothed loss falls most steeply over the logarithm of the rate, before its smallest value, but no
     * more than a tenth of the rate where it is smallest. The first sixth of the points is left out. Empty if the loss did not fall.
     */
    public OptionalDouble suggestion() {
        int smallest = smallest();
        if (smallest < 2 || points.get(smallest).smoothed() > (1 - LEAST_FALL) * highestBefore(smallest)) {
            return OptionalDouble.empty();
        }
        // the first means are over few batches: their ups and downs are the batches', not the rate's
        int first = Math.min(points.size() / 6, smallest - 1);
        int steepest = first;
        double steepestSlope = 0;
        for (int i = first; i < smallest; i++) {
            double slope = slope(Math.max(first, i - REACH), Math.min(smallest, i + REACH));
            if (slope < steepestSlope) {
                steepestSlope = slope;
                steepest = i;
            }
        }
        return OptionalDouble.of(Math.min(
                points.get(steepest).learningRate(), points.get(smallest).learningRate() / 10));
    }

    private int smallest() {
        int smallest = 0;
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).smoothed() < points.get(smallest).smoothed()) smallest = i;
        }
        return smallest;
    }

    private double highestBefore(int end) {
        return points.subList(0, end).stream()
                .mapToDouble(Point::smoothed)
                .max()
                .orElse(0);
    }

    private double slope(int from, int to) {
        Point a = points.get(from);
        Point b = points.get(to);
        return (b.smoothed() - a.smoothed()) / Math.log(b.learningRate() / a.learningRate());
    }

    /** Returns the curve as CSV with the columns learning_rate, loss, smoothed_loss. */
    public String csv() {
        StringBuilder table = new StringBuilder("learning_rate,loss,smoothed_loss\n");
        for (Point point : points) {
            table.append(String.format(
                    Locale.ROOT, "%.6e,%.6f,%.6f\n", point.learningRate(), point.loss(), point.smoothed()));
        }
        return table.toString();
    }
}
