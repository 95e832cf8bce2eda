package io.fovea.evaluation;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One number for how wrong the values of a picture are.
 *
 * <p>Where there are places, it is the mean distance in pixels over all points, with a place that belongs to no point counting by its
 * own distance; plain values beside them are left out. Without places it is the absolute error of the one value, or the mean over
 * several of |error| / scale, as they have different units.
 */
final class PictureError {

    private final List<Target> targets;
    private final List<TargetPoint> points;
    private final Set<Integer> paired = new HashSet<>();
    private final ErrorUnit unit;

    PictureError(List<Target> targets) {
        this.targets = targets;
        this.points = TargetPoint.among(targets);
        for (TargetPoint point : points) {
            paired.add(point.x());
            paired.add(point.y());
        }
        boolean places = targets.stream().anyMatch(target -> target.axis() != Axis.NONE);
        this.unit = places ? ErrorUnit.PIXELS : targets.size() == 1 ? ErrorUnit.VALUE : ErrorUnit.DEVIATIONS;
    }

    ErrorUnit unit() {
        return unit;
    }

    List<TargetPoint> points() {
        return points;
    }

    /** Returns the error of [T] predicted values. */
    double of(double[] truth, double[] predicted) {
        double sum = 0;
        int count = 0;
        for (TargetPoint point : points) {
            sum += distance(point, truth, predicted);
            count++;
        }
        for (int t = 0; t < targets.size(); t++) {
            boolean counts = unit != ErrorUnit.PIXELS || targets.get(t).axis() != Axis.NONE && !paired.contains(t);
            if (!counts) continue;
            double error = Math.abs(predicted[t] - truth[t]);
            sum += unit == ErrorUnit.DEVIATIONS ? error / targets.get(t).scale() : error;
            count++;
        }
        return sum / count;
    }

    static double distance(TargetPoint point, double[] truth, double[] predicted) {
        return Math.hypot(predicted[point.x()] - truth[point.x()], predicted[point.y()] - truth[point.y()]);
    }
}
