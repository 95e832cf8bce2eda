package io.fovea.timing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What durations say together, in milliseconds. A percentile is there only where so many were measured that at least one lies beyond it: the 99.9th of a
 * hundred would be the longest by another name.
 *
 * @param count how many were measured
 * @param mean  of all
 * @param p50   the median
 * @param p90   of ten and more
 * @param p99   of a hundred and more
 * @param p999  the 99.9th percentile, of a thousand and more
 * @param max   the longest
 */
public record Latency(
        int count,
        OptionalDouble mean,
        OptionalDouble p50,
        OptionalDouble p90,
        OptionalDouble p99,
        OptionalDouble p999,
        OptionalDouble max) {

    static Latency of(Durations durations) {
        int count = durations.count();
        return new Latency(
                count,
                count == 0 ? OptionalDouble.empty() : OptionalDouble.of(durations.meanMillis()),
                percentile(durations, 0.5, 1),
                percentile(durations, 0.9, 10),
                percentile(durations, 0.99, 100),
                percentile(durations, 0.999, 1000),
                percentile(durations, 1, 1));
    }

    private static OptionalDouble percentile(Durations durations, double share, int least) {
        return durations.count() < least ? OptionalDouble.empty() : OptionalDouble.of(durations.millis(share));
    }

    /** Returns it for programs, without what is empty. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", count);
        mean.ifPresent(value -> json.put("meanMillis", value));
        p50.ifPresent(value -> json.put("p50Millis", value));
        p90.ifPresent(value -> json.put("p90Millis", value));
        p99.ifPresent(value -> json.put("p99Millis", value));
        p999.ifPresent(value -> json.put("p999Millis", value));
        max.ifPresent(value -> json.put("maxMillis", value));
        return json;
    }

    /** Returns the cells p50, p90, p99, p99.9 and max of a table. */
    String[] cells() {
        return new String[] {words(p50), words(p90), words(p99), words(p999), words(max)};
    }

    /** Returns milliseconds with three digits that count; a dash for none. */
    static String words(OptionalDouble millis) {
        return millis.isEmpty() ? "–" : words(millis.getAsDouble());
    }

    static String words(double millis) {
        return String.format(Locale.ROOT, millis < 1 ? "%.3f" : millis < 100 ? "%.2f" : "%,.0f", millis);
    }
}
