package io.fovea.serve;

import io.fovea.metric.Histogram;
import io.fovea.metric.MetricText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered how, and how fast. Threads share it. */
final class RequestCounts {

    private final Map<String, Map<Integer, LongAdder>> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> seconds = new ConcurrentSkipListMap<>();

    void add(String protocol, int status, long nanoseconds) {
        statuses.computeIfAbsent(protocol, _ -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(status, _ -> new LongAdder())
                .increment();
        seconds.computeIfAbsent(protocol, _ -> Histogram.ofSeconds()).add(nanoseconds / 1e9);
    }

    void write(MetricText text) {
        text.counter("fovea_http_requests", "Requests by protocol and status; 499 went away before the answer.");
        statuses.forEach((protocol, counts) -> counts.forEach((status, count) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("protocol", protocol);
            labels.put("status", Integer.toString(status));
            text.count("fovea_http_requests", labels, count.sum());
        }));
        text.histogram("fovea_http_request_seconds", "From the head of a request until its answer was handed over.");
        seconds.forEach((protocol, histogram) ->
                text.values("fovea_http_request_seconds", Map.of("protocol", protocol), histogram));
    }
}
