package io.fovea.scrape;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a server tells Prometheus, read. Immutable.
 *
 * <p>Source: prometheus.io, "Exposition formats", text format 0.0.4.
 */
final class Metrics {

    private final List<Sample> samples;

    private Metrics(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    /**
     * Reads a text.
     *
     * @param where it is from, for problems
     * @throws Problem with the line, if it is no such text
     */
    static Metrics read(String text, String where) {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            try {
                Sample sample = new Line(line).sample();
                if (sample.name().endsWith("_bucket")) number(sample.label("le"));
                samples.add(sample);
            } catch (IllegalArgumentException otherwise) {
                throw new Problem(
                        "This is no prediction server of Fovea: its metrics cannot be read.",
                        where + ", line " + number,
                        "give the address that \"fovea serve\" prints");
            }
        }
        return new Metrics(samples);
    }

    /** Returns the samples of a metric, in their order. */
    Stream<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name));
    }

    /** Whether any metric's name begins so. */
    boolean has(String beginning) {
        return samples.stream().anyMatch(sample -> sample.name().startsWith(beginning));
    }

    /** Returns the value of the first sample that fits. */
    Optional<Double> value(String name, Predicate<Sample> fits) {
        return of(name).filter(fits).map(Sample::value).findFirst();
    }

    /**
     * Returns a histogram: {@code bounds} [B], {@code counts} [B + 1] of the values in each range, the last above all bounds, and their {@code sum}.
     *
     * @return empty if there is none
     */
    Optional<Map<String, Object>> histogram(String name, Predicate<Sample> fits) {
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (Sample bucket : of(name + "_bucket").filter(fits).toList()) {
            if (!bucket.label("le").equals("+Inf")) bounds.add(number(bucket.label("le")));
            counts.add((long) bucket.value() - below);
            below = (long) bucket.value();
        }
        if (counts.size() != bounds.size() + 1) return Optional.empty();
        Map<String, Object> histogram = new LinkedHashMap<>();
        histogram.put("bounds", bounds);
        histogram.put("counts", counts);
        histogram.put("sum", value(name + "_sum", fits).orElse(0.0));
        return Optional.of(histogram);
    }

    private static double number(String word) {
        return switch (word) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }

    /** A line while it is read. */
    private static final class Line {

        private final String text;
        private int at;

        Line(String text) {
            this.text = text;
        }

        Sample sample() {
            String name = until("{ ");
            if (name.isEmpty()) throw new IllegalArgumentException(text);
            Map<String, String> labels = new LinkedHashMap<>();
            if (next() == '{') {
                at++;
                while (next() != '}') {
                    String label = until("=");
                    at++;
                    labels.put(label.strip(), quoted());
                    if (next() == ',') at++;
                }
                at++;
            }
            String[] words = text.substring(at).strip().split(" +"); // a time may stand behind the value
            return new Sample(name, labels, number(words[0]));
        }

        private char next() {
            if (at >= text.length()) throw new IllegalArgumentException(text);
            return text.charAt(at);
        }

        private String until(String ends) {
            int from = at;
            while (ends.indexOf(next()) < 0) at++;
            return text.substring(from, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            if (next() != '"') throw new IllegalArgumentException(text);
            for (at++; next() != '"'; at++) {
                if (next() != '\\') {
                    value.append(next());
                    continue;
                }
                at++;
                value.append(next() == 'n' ? '\n' : next());
            }
            at++;
            return value.toString();
        }
    }
}
