/**
 * Counters and histograms, and the text that Prometheus reads.
 *
 * <p>Main types: {@link io.fovea.metric.Histogram}, {@link io.fovea.metric.MetricText}.
 *
 * <p>Source: prometheus.io, "Exposition formats", text format 0.0.4; OpenMetrics 1.0.0.
 */
package io.fovea.metric;
