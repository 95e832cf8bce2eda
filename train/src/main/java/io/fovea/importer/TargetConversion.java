package io.fovea.importer;

import io.fovea.dataset.Preparation;
import io.fovea.dataset.TargetStatistics;
import io.fovea.image.Axis;
import io.fovea.image.Placement;
import io.fovea.image.Resize;
import io.fovea.image.Target;
import io.fovea.source.ListedPicture;
import io.fovea.source.SourceListing;
import io.fovea.source.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes targets from a source's unit to pixels of the prepared picture, and counts those that lie outside of it. For one thread.
 *
 * <p>A place may lie up to one side's length outside: annotators and detectors guess what the edge hides. Farther out it is an
 * error, and the picture is left out.
 */
final class TargetConversion {

    private static final double ROUNDING = 1e-6;

    private final List<TargetColumn> columns;
    private final TargetUnit unit;
    private final Preparation preparation;
    private int outside;
    private int cutOff;

    /** With a unit that is settled, not {@link TargetUnit#AUTO}. */
    TargetConversion(List<TargetColumn> columns, TargetUnit unit, Preparation preparation) {
        this.columns = columns;
        this.unit = unit;
        this.preparation = preparation;
    }

    /** Returns the unit in which the listed places are stated, if {@code unit} leaves that to them. */
    static TargetUnit settled(TargetUnit unit, SourceListing listing) {
        if (unit != TargetUnit.AUTO) return unit;
        int fractions = 0;
        for (ListedPicture picture : listing.pictures()) {
            for (int i = 0; i < listing.targets().size(); i++) {
                if (listing.targets().get(i).axis() == Axis.NONE) continue;
                double place = picture.targets()[i];
                if (Math.abs(place) > 1) return TargetUnit.PIXELS;
                if (place != Math.rint(place)) fractions++;
            }
        }
        return fractions >= 2 ? TargetUnit.RELATIVE : TargetUnit.PIXELS;
    }

    /** Returns why the targets of a picture cannot be meant, if so. */
    Optional<String> refusal(ListedPicture picture, int height, int width) {
        for (int i = 0; i < columns.size(); i++) {
            Axis axis = columns.get(i).axis();
            if (axis == Axis.NONE) continue;
            int side = axis == Axis.X ? width : height;
            double place = unit.pixels(picture.targets()[i], side);
            if (place >= -side && place <= 2 * side) continue;
            return Optional.of(String.format(
                    Locale.ROOT,
                    "Its %s is %s, far outside: at %.0f pixels of a picture that is %d %s (%s).",
                    columns.get(i).name(),
                    number(picture.targets()[i]),
                    place,
                    side,
                    axis == Axis.X ? "wide" : "high",
                    picture.place()));
        }
        return Optional.empty();
    }

    /** Returns the targets [T] of a picture that was [height, width] before it was prepared. */
    float[] converted(ListedPicture picture, int height, int width) {
        Placement placement = Resize.placement(
                height,
                width,
                preparation.height(),
                preparation.width(),
                preparation.resizeMode(),
                preparation.cropMargin());
        float[] targets = new float[columns.size()];
        boolean liesOutside = false;
        boolean isCutOff = false;
        for (int i = 0; i < targets.length; i++) {
            Axis axis = columns.get(i).axis();
            double value = picture.targets()[i];
            if (axis != Axis.NONE) {
                int side = axis == Axis.X ? width : height;
                double place = unit.pixels(value, side);
                boolean inside = place >= 0 && place <= side;
                value = placement.resized(axis, place);
                liesOutside |= !inside;
                isCutOff |= inside && !(value >= -ROUNDING && value <= side(axis) + ROUNDING);
            }
            targets[i] = (float) value;
        }
        if (liesOutside) outside++;
        if (isCutOff) cutOff++;
        return targets;
    }

    /** Returns sentences about the pictures that were converted. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (outside > 0)
            remarks.add(pictures(outside) + " a target slightly outside the picture; such targets are kept.");
        if (cutOff > 0)
            remarks.add(pictures(cutOff) + " a target that resizing by "
                    + preparation.resizeMode().name().toLowerCase(Locale.ROOT) + " cuts off; such targets are kept.");
        return remarks;
    }

    private static String pictures(int count) {
        return count == 1 ? "1 picture has" : count + " pictures have";
    }

    /** Returns the targets as a network regresses them; plain values are scaled by these statistics [T]. */
    List<Target> targets(List<TargetStatistics> statistics) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TargetColumn column = columns.get(i);
            double std = statistics.get(i).std();
            targets.add(
                    column.axis() == Axis.NONE
                            ? new Target(
                                    column.name(), Axis.NONE, statistics.get(i).mean(), std > 0 ? std : 1)
                            : Target.place(column.name(), column.axis(), side(column.axis())));
        }
        return targets;
    }

    private int side(Axis axis) {
        return axis == Axis.X ? preparation.width() : preparation.height();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
