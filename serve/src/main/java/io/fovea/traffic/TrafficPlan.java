package io.fovea.traffic;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens to the requests for one name.
 *
 * @param split  who answers which share of them; empty: the version that answers anyway
 * @param shadow who is asked beside, if anyone
 */
public record TrafficPlan(List<Share> split, Optional<Shadow> shadow) {

    /** Nothing out of the ordinary. */
    public static final TrafficPlan NONE = new TrafficPlan(List.of(), Optional.empty());

    private static final double ALL = 100;

    /**
     * A share of the requests.
     *
     * @param to     who answers them
     * @param weight in proportion to the other weights; above 0
     */
    public record Share(Target to, double weight) {

        /** Checks. */
        public Share {
            Objects.requireNonNull(to, "to");
            if (!(weight > 0 && Double.isFinite(weight)))
                throw new Problem(
                        "A weight must be above 0, not " + weight + ".",
                        "the split",
                        "leave out who shall answer nothing");
        }
    }

    /**
     * A version whose answers are compared and never returned.
     *
     * @param to      who is asked
     * @param percent of the requests, above 0 to 100
     */
    public record Shadow(Target to, double percent) {

        /** Checks. */
        public Shadow {
            Objects.requireNonNull(to, "to");
            if (!(percent > 0 && percent <= ALL))
                throw new Problem(
                        "A shadow gets more than 0 and up to 100 percent of the requests, not " + percent + ".",
                        "the shadow",
                        "write such as 2:10 for ten percent");
        }
    }

    /** Copies, and checks that none is named twice. */
    public TrafficPlan {
        split = List.copyOf(split);
        Objects.requireNonNull(shadow, "shadow");
        if (split.stream().map(Share::to).distinct().count() < split.size())
            throw new Problem("A split names the same version twice.", "the split", "name each once");
    }

    /**
     * Reads a split: {@code 1:90,2:10}.
     *
     * @param served the name that it is for
     * @throws Problem if it is none
     */
    static List<Share> split(String words, String served) {
        List<Share> split = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            int colon = word.lastIndexOf(':');
            if (colon < 0)
                throw new Problem(
                        "\"" + word + "\" has no weight.",
                        "the split of \"" + served + "\"",
                        "write such as " + served + "=1:90,2:10");
            split.add(
                    new Share(Target.of(word.substring(0, colon), served), number(word.substring(colon + 1), served)));
        }
        return split;
    }

    /**
     * Reads a shadow: {@code 2}, or {@code 2:10} for ten percent.
     *
     * @param served the name that it is for
     * @throws Problem if it is none
     */
    static Shadow shadow(String word, String served) {
        int colon = word.lastIndexOf(':');
        return colon < 0
                ? new Shadow(Target.of(word, served), ALL)
                : new Shadow(Target.of(word.substring(0, colon), served), number(word.substring(colon + 1), served));
    }

    private static double number(String word, String served) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException otherwise) {
            throw new Problem(
                    "\"" + word + "\" is no number.",
                    "the traffic of \"" + served + "\"",
                    "write a number behind the colon, such as 10",
                    otherwise);
        }
    }

    /**
     * Reads what options say: {@code NAME=1:90,2:10} and {@code NAME=2:10}.
     *
     * @return the plans by name
     * @throws Problem if an option is no such, or a name has two
     */
    public static Map<String, TrafficPlan> of(List<String> splits, List<String> shadows) {
        Map<String, List<Share>> split = new LinkedHashMap<>();
        Map<String, Shadow> shadow = new LinkedHashMap<>();
        for (String each : splits) {
            String name = name(each, "--split");
            if (split.put(name, split(behind(each), name)) != null) throw twice("--split", name);
        }
        for (String each : shadows) {
            String name = name(each, "--shadow");
            if (shadow.put(name, shadow(behind(each), name)) != null) throw twice("--shadow", name);
        }
        Set<String> names = new LinkedHashSet<>(split.keySet());
        names.addAll(shadow.keySet());
        Map<String, TrafficPlan> plans = new LinkedHashMap<>();
        for (String name : names)
            plans.put(
                    name, new TrafficPlan(split.getOrDefault(name, List.of()), Optional.ofNullable(shadow.get(name))));
        return plans;
    }

    private static String name(String option, String where) {
        int equals = option.indexOf('=');
        if (equals > 0) return option.substring(0, equals);
        throw new Problem(
                "\"" + option + "\" names no model.", where, "write such as " + where + " NAME=" + example(where));
    }

    private static String example(String where) {
        return where.equals("--split") ? "1:90,2:10" : "2";
    }

    private static String behind(String option) {
        return option.substring(option.indexOf('=') + 1);
    }

    private static Problem twice(String option, String name) {
        return new Problem("\"" + name + "\" has two of them.", option, "say it once for each name");
    }

    /** Returns everyone who is named. */
    List<Target> targets() {
        return Stream.concat(split.stream().map(Share::to), shadow.stream().map(Shadow::to))
                .toList();
    }

    /**
     * Returns who answers at a point, and after it who would if that one did not: all of the split, from the one at the point on.
     *
     * @param point 0 to below 1: the first share lies from 0 to its part of all weights, the next behind it
     */
    List<Target> from(double point) {
        double total = split.stream().mapToDouble(Share::weight).sum();
        double end = 0;
        int chosen = 0;
        for (int i = 0; i < split.size(); i++) {
            end += split.get(i).weight() / total;
            chosen = i;
            if (point < end) break;
        }
        Target[] order = new Target[split.size()];
        for (int i = 0; i < order.length; i++)
            order[i] = split.get((chosen + i) % order.length).to();
        return Arrays.asList(order);
    }
}
