package io.fovea.serve;

import io.fovea.metric.Histogram;
import io.fovea.metric.MetricText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered how, and how fast. Threads share it. */
final class RequestCounts {

    private final String name;
    private final String requests;
    private final String outcome;
    private final String help;
    private final Map<String, Map<String, LongAdder>> outcomes = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> seconds = new ConcurrentSkipListMap<>();

    private RequestCounts(String name, String requests, String outcome, String help) {
        this.name = name;
        this.requests = requests;
        this.outcome = outcome;
        this.help = help;
    }

    static RequestCounts ofHttp() {
        return new RequestCounts(
                "fovea_http_request",
                "fovea_http_requests",
                "status",
                "Requests by protocol and status; 499 went away before the answer.");
    }

    static RequestCounts ofGrpc() {
        return new RequestCounts(
                "fovea_grpc_call", "fovea_grpc_calls", "code", "Calls of gRPC by protocol and code of their status.");
    }

    void add(String protocol, String how, long nanoseconds) {
        outcomes.computeIfAbsent(protocol, _ -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(how, _ -> new LongAdder())
                .increment();
        seconds.computeIfAbsent(protocol, _ -> Histogram.ofSeconds()).add(nanoseconds / 1e9);
    }

    void write(MetricText text) {
        text.counter(requests, help);
        outcomes.forEach((protocol, counts) -> counts.forEach((how, count) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("protocol", protocol);
            labels.put(outcome, how);
            text.count(requests, labels, count.sum());
        }));
        text.histogram(name + "_seconds", "From the head of a request until its answer was handed over.");
        seconds.forEach(
                (protocol, histogram) -> text.values(name + "_seconds", Map.of("protocol", protocol), histogram));
    }
}
