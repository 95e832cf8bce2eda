package io.fovea.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two targets that are the two coordinates of one point.
 *
 * <p>They are found by their names: {@code nose_x} and {@code nose_y} are "nose", and so are {@code x_nose} and {@code y_nose}; a dot, a
 * hyphen or a space does as well as the underscore. A bare {@code x} and {@code y} are "point".
 *
 * @param name of the point
 * @param x    the position among the targets of the one along the width
 * @param y    the position among the targets of the one along the height
 */
public record TargetPoint(String name, int x, int y) {

    private static final String BARE = "point";
    private static final Pattern SUFFIX = Pattern.compile("(?:(.+)[ ._-])?([xyXY])");
    private static final Pattern PREFIX = Pattern.compile("([xyXY])[ ._-](.+)");

    /** Returns the points among the targets, in the order of their x. Targets without a partner belong to none. */
    public static List<TargetPoint> among(List<Target> targets) {
        List<TargetPoint> points = new ArrayList<>();
        for (int x = 0; x < targets.size(); x++) {
            Optional<String> name = pointName(targets.get(x), Axis.X);
            if (name.isEmpty() || points.stream().anyMatch(point -> point.name().equals(name.get()))) continue;
            for (int y = 0; y < targets.size(); y++) {
                if (!pointName(targets.get(y), Axis.Y).equals(name)) continue;
                points.add(new TargetPoint(name.get(), x, y));
                break;
            }
        }
        return List.copyOf(points);
    }

    private static Optional<String> pointName(Target target, Axis axis) {
        if (target.axis() != axis) return Optional.empty();
        Matcher suffix = SUFFIX.matcher(target.name());
        if (suffix.matches() && suffix.group(2).equalsIgnoreCase(axis.name())) {
            return Optional.of(suffix.group(1) == null ? BARE : suffix.group(1));
        }
        Matcher prefix = PREFIX.matcher(target.name());
        boolean named = prefix.matches() && prefix.group(1).equalsIgnoreCase(axis.name());
        return named ? Optional.of(prefix.group(2)) : Optional.empty();
    }
}
