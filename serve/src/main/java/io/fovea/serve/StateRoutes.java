package io.fovea.serve;

import io.fovea.drift.Drift;
import io.fovea.metric.Histogram;
import io.fovea.metric.MetricText;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.VersionStatus;
import io.fovea.sampling.UnsurePictures;
import io.fovea.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How the server is: probes, metrics, what is served, the description of all addresses. */
final class StateRoutes {

    private final Traffic traffic;
    private final ModelRepository models;
    private final Optional<UnsurePictures> unsure;
    private final List<RequestCounts> counts;

    StateRoutes(Traffic traffic, Optional<UnsurePictures> unsure, List<RequestCounts> counts) {
        this.unsure = unsure;
        this.traffic = traffic;
        this.models = traffic.models();
        this.counts = List.copyOf(counts);
    }

    /** Answers the probes of an orchestrator; returns whether it was one. */
    boolean answersProbe(Exchange exchange) {
        if (!exchange.method().equals("GET")) return false;
        switch (String.join("/", exchange.path())) {
            case "health/live", "v2/health/live" -> exchange.json(Map.of("live", true));
            case "health/ready" -> ready(exchange, "ready");
            // the written protocol calls it "live", its description tells no field
            case "v2/health/ready" -> ready(exchange, "live");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ready(Exchange exchange, String field) {
        boolean ready = models.isReady();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready);
        answer.put(field, ready);
        exchange.reply(ready ? 200 : 503, Json.MEDIA_TYPE, Json.bytes(answer));
    }

    void answer(Exchange exchange) {
        if (!exchange.method().equals("GET")) throw Addresses.unknown(exchange);
        exchange.query(Set.of());
        switch (String.join("/", exchange.path())) {
            case "" -> exchange.json(overview());
            case "metrics" -> metrics(exchange);
            case "drift" -> exchange.json(Map.of("models", drift()));
            case "openapi.json" -> exchange.reply(200, Json.MEDIA_TYPE, description());
            default -> throw Addresses.unknown(exchange);
        }
    }

    private Map<String, Object> overview() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (VersionStatus each : models.versions()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", each.name());
            line.put("version", each.version());
            line.put("state", each.state().name().toLowerCase(java.util.Locale.ROOT));
            each.problem().ifPresent(problem -> line.put("problem", problem.parts()));
            if (each.state() == VersionStatus.State.READY) line.put("predictions", "/predictions/" + each.name());
            all.add(line);
        }
        Map<String, Object> overview = new LinkedHashMap<>();
        overview.put("models", all);
        models.unreadable().ifPresent(problem -> overview.put("problem", problem.parts()));
        Map<String, Object> tunings = new LinkedHashMap<>();
        models.tunings().forEach((name, tuning) -> tunings.put(name, tuning.words()));
        if (!tunings.isEmpty()) overview.put("tunings", tunings);
        unsure.ifPresent(kept -> overview.put("unsure", kept.words()));
        overview.put("description", "/openapi.json");
        return overview;
    }

    private List<Map<String, Object>> drift() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (LoadedModel each : models.serving())
            each.recent().drift().ifPresent(drift -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("name", each.name());
                line.put("version", each.version());
                line.putAll(drift.words());
                all.add(line);
            });
        return all;
    }

    private static byte[] description() {
        try (InputStream in = StateRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) throw new IllegalStateException("The description is not in the program");
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void metrics(Exchange exchange) {
        boolean open = exchange.header("Accept").orElse("").contains("application/openmetrics-text");
        MetricText.Format format = open ? MetricText.Format.OPEN_METRICS : MetricText.Format.PROMETHEUS;
        MetricText text = new MetricText(format);
        counts.forEach(each -> each.write(text));
        List<LoadedModel> serving = models.serving();
        counter(
                text,
                serving,
                "fovea_model_requests_answered",
                "Requests that a model answered.",
                model -> model.statistics().answered().count());
        counter(
                text,
                serving,
                "fovea_model_requests_failed",
                "Requests that had a place at a model and were not answered.",
                model -> model.statistics().failed().count());
        counter(text, serving, "fovea_model_pictures", "Pictures that a network computed.", model -> model.statistics()
                .pictures());
        counter(text, serving, "fovea_model_batches", "Runs of a network.", model -> model.statistics()
                .ran()
                .count());
        histogram(text, serving, "fovea_model_batch_pictures", "Pictures in a run.", model -> model.statistics()
                .batchSizes());
        histogram(text, serving, "fovea_model_wait_seconds", "Waiting for a run.", model -> model.statistics()
                .waited()
                .seconds());
        histogram(
                text,
                serving,
                "fovea_model_prepare_seconds",
                "Decoding and preparing a picture, with waiting for a processor.",
                model -> model.statistics().prepared().seconds());
        histogram(text, serving, "fovea_model_run_seconds", "A run of a network.", model -> model.statistics()
                .ran()
                .seconds());
        text.gauge("fovea_model_under_way", "Pictures that have a place now.");
        for (LoadedModel each : serving) text.value("fovea_model_under_way", labels(each), each.underWay());
        text.gauge("fovea_model_places", "Places that a model has.");
        for (LoadedModel each : serving)
            text.value("fovea_model_places", labels(each), each.limits().places());
        text.gauge("fovea_model_load_seconds", "Loading, proving and warming a model.");
        for (LoadedModel each : serving) text.value("fovea_model_load_seconds", labels(each), each.loadSeconds());
        text.gauge("fovea_model_ready", "1 if a version of a model answers.");
        for (VersionStatus each : models.versions())
            text.value(
                    "fovea_model_ready",
                    labels(each.name(), each.version()),
                    each.state() == VersionStatus.State.READY ? 1 : 0);
        writeDrift(text, serving);
        traffic.write(text);
        unsure.ifPresent(kept -> kept.write(text));
        text.gauge("fovea_heap_bytes", "Memory of the JVM's heap that is used.");
        text.value(
                "fovea_heap_bytes",
                Map.of(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        exchange.reply(200, format.mediaType(), text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void writeDrift(MetricText text, List<LoadedModel> models) {
        Map<LoadedModel, Drift> drifts = new LinkedHashMap<>();
        models.forEach(each -> each.recent().drift().ifPresent(drift -> drifts.put(each, drift)));
        text.gauge("fovea_drift_pictures", "Latest answers that are compared with those known of the model file.");
        drifts.forEach((model, drift) -> text.value("fovea_drift_pictures", labels(model), drift.pictures()));
        text.gauge("fovea_drift_index", "Population stability index of the latest answers; none while they are few.");
        drifts.forEach((model, drift) -> {
            drift.confidence().ifPresent(index -> index(text, "", model, "confidence", index.value()));
            drift.classes().ifPresent(index -> index(text, "", model, "class", index.value()));
        });
        text.gauge("fovea_drift_index_by_chance", "What the index is on average where nothing has changed.");
        drifts.forEach((model, drift) -> {
            drift.confidence().ifPresent(index -> index(text, "_by_chance", model, "confidence", index.byChance()));
            drift.classes().ifPresent(index -> index(text, "_by_chance", model, "class", index.byChance()));
        });
        text.gauge("fovea_drift_unfamiliar", "Share of the latest pictures that are unlike what the model learned.");
        drifts.forEach((model, drift) ->
                drift.unfamiliar().ifPresent(share -> text.value("fovea_drift_unfamiliar", labels(model), share)));
        text.gauge("fovea_drift_unfamiliar_expected", "That share when the model was judged.");
        drifts.forEach((model, drift) -> drift.expected()
                .ifPresent(share -> text.value("fovea_drift_unfamiliar_expected", labels(model), share)));
    }

    private static void index(MetricText text, String ending, LoadedModel model, String of, double value) {
        Map<String, String> labels = labels(model);
        labels.put("of", of);
        text.value("fovea_drift_index" + ending, labels, value);
    }

    private static void counter(
            MetricText text, List<LoadedModel> models, String name, String help, Function<LoadedModel, Long> value) {
        text.counter(name, help);
        for (LoadedModel each : models) text.count(name, labels(each), (long) value.apply(each));
    }

    private static void histogram(
            MetricText text,
            List<LoadedModel> models,
            String name,
            String help,
            Function<LoadedModel, Histogram> value) {
        text.histogram(name, help);
        for (LoadedModel each : models) text.values(name, labels(each), value.apply(each));
    }

    private static Map<String, String> labels(LoadedModel model) {
        return labels(model.name(), model.version());
    }

    private static Map<String, String> labels(String name, long version) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("model", name);
        labels.put("version", Long.toString(version));
        return labels;
    }
}
