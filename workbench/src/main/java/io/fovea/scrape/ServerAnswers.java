package io.fovea.scrape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.fetch.ServerPages;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How prediction servers stand, as REST answers with it. Threads may share it. */
public final class ServerAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerPages pages;

    /**
     * Nothing is asked yet.
     *
     * @param pages fetches what servers tell
     */
    public ServerAnswers(ServerPages pages) {
        this.pages = pages;
    }

    /**
     * Asks a server how it stands.
     *
     * @param address such as {@code http://127.0.0.1:8080}
     * @param token   that it wants
     * @return its models, and what it has counted since it was started; {@code seconds} is the time on a clock that never goes back
     * @throws Problem if it cannot be asked, or is another kind of server
     */
    public Map<String, Object> show(String address, Optional<String> token) {
        byte[] overview = pages.fetch(address, "/", token);
        byte[] metrics = pages.fetch(address, "/metrics", token);
        return told(address, overview, metrics, System.nanoTime() / 1e9);
    }

    /**
     * Reads what a server told, as {@link #show} answers.
     *
     * @param overview its page {@code /}
     * @param metrics  its page {@code /metrics}
     * @param seconds  when that was
     * @throws Problem if another kind of server told it
     */
    public static Map<String, Object> told(String address, byte[] overview, byte[] metrics, double seconds) {
        JsonNode models = models(overview, address);
        Metrics read = Metrics.read(text(metrics), address);
        if (!read.has("fovea_")) throw other(address);
        return json(address, models, read, seconds);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode models(byte[] overview, String address) {
        try {
            JsonNode models = JSON.readTree(overview).path("models");
            if (models.isArray()) return models;
        } catch (IOException noJson) {
            // told below
        }
        throw other(address);
    }

    private static Problem other(String address) {
        return new Problem(
                "This is no prediction server of Fovea.", address, "give the address that \"fovea serve\" prints");
    }

    static Map<String, Object> json(String address, JsonNode models, Metrics metrics, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", address);
        json.put("seconds", seconds);
        List<Map<String, Object>> all = new ArrayList<>();
        for (JsonNode model : models) all.add(model(model, metrics));
        json.put("models", all);
        List<Map<String, Object>> requests = new ArrayList<>();
        List<Map<String, Object>> latencies = new ArrayList<>();
        requests("http", "fovea_http_request", "fovea_http_requests_total", "status", metrics, requests, latencies);
        requests("grpc", "fovea_grpc_call", "fovea_grpc_calls_total", "code", metrics, requests, latencies);
        json.put("requests", requests);
        json.put("latencies", latencies);
        json.put("splits", splits(metrics));
        json.put("shadows", shadows(metrics));
        metrics.value("fovea_heap_bytes", _ -> true).ifPresent(bytes -> json.put("heapBytes", bytes.longValue()));
        return json;
    }

    private static Map<String, Object> model(JsonNode told, Metrics metrics) {
        String name = told.path("name").asText();
        long version = told.path("version").asLong();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("version", version);
        json.put("state", told.path("state").asText());
        JsonNode problem = told.path("problem");
        if (problem.isObject()) {
            Map<String, Object> parts = new LinkedHashMap<>();
            for (String part : List.of("what", "where", "do"))
                parts.put(part, problem.path(part).asText());
            json.put("problem", parts);
        }
        Predicate<Sample> own = sample ->
                sample.label("model").equals(name) && sample.label("version").equals(Long.toString(version));
        counts(metrics, own).ifPresent(counts -> json.put("counts", counts));
        drift(metrics, own).ifPresent(drift -> json.put("drift", drift));
        return json;
    }

    /** Returns what a version that is loaded has counted; empty of any other. */
    private static Optional<Map<String, Object>> counts(Metrics metrics, Predicate<Sample> own) {
        if (metrics.value("fovea_model_places", own).isEmpty()) return Optional.empty();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("answered", whole(metrics, "fovea_model_requests_answered_total", own));
        json.put("failed", whole(metrics, "fovea_model_requests_failed_total", own));
        json.put("pictures", whole(metrics, "fovea_model_pictures_total", own));
        json.put("underWay", whole(metrics, "fovea_model_under_way", own));
        json.put("places", whole(metrics, "fovea_model_places", own));
        metrics.value("fovea_model_load_seconds", own).ifPresent(seconds -> json.put("loadSeconds", seconds));
        Map<String, String> histograms = new LinkedHashMap<>();
        histograms.put("batchPictures", "fovea_model_batch_pictures");
        histograms.put("waitSeconds", "fovea_model_wait_seconds");
        histograms.put("prepareSeconds", "fovea_model_prepare_seconds");
        histograms.put("runSeconds", "fovea_model_run_seconds");
        histograms.forEach(
                (field, metric) -> metrics.histogram(metric, own).ifPresent(histogram -> json.put(field, histogram)));
        return Optional.of(json);
    }

    /** Returns how far answers are from those that the model was judged by; empty of a server or a model that does not tell. */
    private static Optional<Map<String, Object>> drift(Metrics metrics, Predicate<Sample> own) {
        Optional<Double> pictures = metrics.value("fovea_drift_pictures", own);
        if (pictures.isEmpty()) return Optional.empty();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pictures", pictures.get().longValue());
        for (String of : List.of("confidence", "class")) {
            Predicate<Sample> ofIt = own.and(sample -> sample.label("of").equals(of));
            metrics.value("fovea_drift_index", ofIt).ifPresent(index -> {
                Map<String, Object> found = new LinkedHashMap<>();
                found.put("index", index);
                metrics.value("fovea_drift_index_by_chance", ofIt).ifPresent(usual -> found.put("byChance", usual));
                json.put(of, found);
            });
        }
        metrics.value("fovea_drift_unfamiliar", own).ifPresent(share -> json.put("unfamiliar", share));
        metrics.value("fovea_drift_unfamiliar_expected", own).ifPresent(share -> json.put("unfamiliarExpected", share));
        return Optional.of(json);
    }

    private static void requests(
            String transport,
            String family,
            String counter,
            String outcome,
            Metrics metrics,
            List<Map<String, Object>> requests,
            List<Map<String, Object>> latencies) {
        metrics.of(counter)
                .forEach(sample -> requests.add(Map.of(
                        "transport",
                        transport,
                        "protocol",
                        sample.label("protocol"),
                        "outcome",
                        sample.label(outcome),
                        "count",
                        (long) sample.value())));
        metrics.of(family + "_seconds_count").forEach(sample -> {
            String protocol = sample.label("protocol");
            metrics.histogram(
                            family + "_seconds", each -> each.label("protocol").equals(protocol))
                    .ifPresent(histogram ->
                            latencies.add(Map.of("transport", transport, "protocol", protocol, "seconds", histogram)));
        });
    }

    private static List<Map<String, Object>> splits(Metrics metrics) {
        return metrics.of("fovea_split_requests_total")
                .map(sample -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("model", sample.label("model"));
                    json.put("to", sample.label("to"));
                    json.put("requests", (long) sample.value());
                    json.put("missed", whole(metrics, "fovea_split_missed_total", each -> each.labels()
                            .equals(sample.labels())));
                    return json;
                })
                .toList();
    }

    private static List<Map<String, Object>> shadows(Metrics metrics) {
        return metrics.of("fovea_shadow_seconds_count")
                .map(sample -> {
                    String model = sample.label("model");
                    String shadow = sample.label("shadow");
                    Predicate<Sample> own = each -> each.label("model").equals(model)
                            && each.label("shadow").equals(shadow);
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("model", model);
                    json.put("shadow", shadow);
                    for (String outcome : List.of("compared", "dropped", "failed"))
                        json.put(outcome, whole(metrics, "fovea_shadow_requests_total", own.and(each -> each.label(
                                        "outcome")
                                .equals(outcome))));
                    json.put("rankedPictures", whole(metrics, "fovea_shadow_ranked_pictures_total", own));
                    json.put("agreedPictures", whole(metrics, "fovea_shadow_agreed_pictures_total", own));
                    metrics.histogram("fovea_shadow_answer_seconds", own)
                            .ifPresent(histogram -> json.put("answerSeconds", histogram));
                    metrics.histogram("fovea_shadow_seconds", own)
                            .ifPresent(histogram -> json.put("shadowSeconds", histogram));
                    return json;
                })
                .toList();
    }

    private static long whole(Metrics metrics, String name, Predicate<Sample> own) {
        return metrics.value(name, own).map(Double::longValue).orElse(0L);
    }
}
