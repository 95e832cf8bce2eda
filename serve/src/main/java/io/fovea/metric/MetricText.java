package io.fovea.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes families of metrics, one after the other, as Prometheus reads them. For one thread.
 *
 * <p>Names of counters are given without {@code _total}, which both formats want at their samples.
 */
public final class MetricText {

    /** Which of the two texts. */
    public enum Format {
        /** Prometheus 0.0.4. */
        PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
        /** OpenMetrics 1.0.0. */
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        /** Returns the media type of the text. */
        public String mediaType() {
            return mediaType;
        }
    }

    private final Format format;
    private final StringBuilder text = new StringBuilder();

    /** Nothing so far. */
    public MetricText(Format format) {
        this.format = format;
    }

    /** Begins a family of counters. */
    public MetricText counter(String name, String help) {
        return family(format == Format.OPEN_METRICS ? name : name + "_total", "counter", help);
    }

    /** Begins a family of values that go up and down. */
    public MetricText gauge(String name, String help) {
        return family(name, "gauge", help);
    }

    /** Begins a family of histograms. */
    public MetricText histogram(String name, String help) {
        return family(name, "histogram", help);
    }

    private MetricText family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** Writes a counter's value. */
    public MetricText count(String name, Map<String, String> labels, long value) {
        return sample(name + "_total", labels, Long.toString(value));
    }

    /** Writes a counter's value that is no whole number, such as seconds. */
    public MetricText count(String name, Map<String, String> labels, double value) {
        return sample(name + "_total", labels, Double.toString(value));
    }

    /** Writes a gauge's value. */
    public MetricText value(String name, Map<String, String> labels, double value) {
        return sample(name, labels, Double.toString(value));
    }

    /** Writes a histogram. */
    public MetricText values(String name, Map<String, String> labels, Histogram histogram) {
        double[] bounds = histogram.bounds();
        long[] below = histogram.cumulative();
        for (int i = 0; i < below.length; i++) {
            Map<String, String> bucket = new LinkedHashMap<>(labels);
            bucket.put("le", i < bounds.length ? Double.toString(bounds[i]) : "+Inf");
            sample(name + "_bucket", bucket, Long.toString(below[i]));
        }
        sample(name + "_sum", labels, Double.toString(histogram.sum()));
        return sample(name + "_count", labels, Long.toString(below[below.length - 1]));
    }

    private MetricText sample(String name, Map<String, String> labels, String value) {
        text.append(name);
        if (!labels.isEmpty())
            text.append(labels.entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                    .collect(Collectors.joining(",", "{", "}")));
        text.append(' ').append(value).append('\n');
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Returns all of it. */
    @Override
    public String toString() {
        return format == Format.OPEN_METRICS ? text + "# EOF\n" : text.toString();
    }
}
