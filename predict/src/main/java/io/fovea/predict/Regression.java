package io.fovea.predict;

import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import io.fovea.problem.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's values for one picture. Immutable; threads may share it.
 *
 * <p>Places are in pixels of the picture as it was given, turned upright as its camera noted; they may lie outside of it.
 *
 * @param values        one for each target, in the model's order
 * @param unfamiliarity how far the picture is from those that the model learned from; empty if the model cannot tell
 */
public record Regression(List<RegressedValue> values, Optional<Unfamiliarity> unfamiliarity) implements Answer {

    /** Copies. */
    public Regression {
        values = List.copyOf(values);
        Objects.requireNonNull(unfamiliarity, "unfamiliarity");
    }

    /** Of a model that cannot tell unfamiliar pictures. */
    public Regression(List<RegressedValue> values) {
        this(values, Optional.empty());
    }

    /**
     * Returns the value of a target.
     *
     * @throws IllegalArgumentException if the model has none of that name
     */
    public double value(String name) {
        List<String> names = values.stream().map(RegressedValue::name).toList();
        int position = names.indexOf(Objects.requireNonNull(name, "name"));
        if (position < 0) {
            throw new IllegalArgumentException(
                    "There is no target \"" + name + "\"; " + Nearest.suggestion(name, names));
        }
        return values.get(position).value();
    }

    /** Returns the points: {@code nose_x} and {@code nose_y} are "nose" (see {@link TargetPoint}). */
    public List<RegressedPoint> points() {
        return pairs().stream().map(this::point).toList();
    }

    /** Returns the values that belong to no point. */
    public List<RegressedValue> others() {
        Set<Integer> paired = pairs().stream()
                .flatMap(pair -> Stream.of(pair.x(), pair.y()))
                .collect(Collectors.toCollection(HashSet::new));
        List<RegressedValue> others = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) if (!paired.contains(i)) others.add(values.get(i));
        return List.copyOf(others);
    }

    private List<TargetPoint> pairs() {
        // names and axes make the pairs; shift and scale do not matter
        return TargetPoint.among(values.stream()
                .map(value -> new Target(value.name(), value.axis(), 0, 1))
                .toList());
    }

    private RegressedPoint point(TargetPoint pair) {
        return new RegressedPoint(
                pair.name(), values.get(pair.x()).value(), values.get(pair.y()).value());
    }

    /** Returns points, then other values, and whether the picture is unlike all others. */
    @Override
    public String words(int top) {
        return this + Unfamiliarity.after(unfamiliarity);
    }

    @Override
    public Map<String, Object> json(int top) {
        Map<String, Object> named = new LinkedHashMap<>();
        values.forEach(value -> named.put(value.name(), value.value()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("values", named);
        json.put("points", points());
        Unfamiliarity.put(unfamiliarity, json);
        return json;
    }

    /** Returns points, then other values, for example {@code nose (112.3, 130.9), weight 71.5}. */
    @Override
    public String toString() {
        Stream<String> points = points().stream()
                .map(point -> String.format(Locale.ROOT, "%s (%.1f, %.1f)", point.name(), point.x(), point.y()));
        Stream<String> others = others().stream().map(value -> value.name() + " " + shown(value));
        return Stream.concat(points, others).collect(Collectors.joining(", "));
    }

    /** Places to a tenth of a pixel; plain values, whose size nobody knows, to five digits. */
    private static String shown(RegressedValue value) {
        return switch (value.axis()) {
            case X, Y -> String.format(Locale.ROOT, "%.1f", value.value());
            case NONE -> fiveDigits(value.value());
        };
    }

    private static String fiveDigits(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) return String.format(Locale.ROOT, "%.4e", value);
        int decimals = size < 1 ? 5 : Math.max(0, 4 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
