package io.fovea.kserve;

import io.fovea.batching.QueueLimits;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelStatistics;
import io.fovea.repository.VersionStatus;
import io.fovea.wire.Datatype;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.fovea.wire.WireShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the protocol says beside inference, as fields of JSON. */
public final class KserveWords {

    /** What the server knows beside the protocol's core. */
    private static final List<String> EXTENSIONS =
            List.of("classification", "binary_tensor_data", "model_configuration", "model_repository", "statistics");

    private static final String PLATFORM = "fovea_onnxruntime";

    private KserveWords() {}

    /** Returns the server's metadata. */
    public static Map<String, Object> server(String version) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", "fovea");
        words.put("version", version);
        words.put("extensions", EXTENSIONS);
        return words;
    }

    /** Returns a model's metadata. */
    public static Map<String, Object> model(ModelView view) {
        LoadedModel model = view.model();
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", ModelName.of(view));
        words.put("versions", List.of(Long.toString(model.version())));
        words.put("platform", PLATFORM);
        words.put("inputs", List.of(tensor(view.input())));
        words.put("outputs", view.outputs().stream().map(KserveWords::tensor).toList());
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("task", model.manifest().task().word());
        List<String> names = model.manifest().task().names();
        if (!names.isEmpty()) properties.put("names", String.join("\n", names));
        words.put("properties", properties);
        return words;
    }

    private static Map<String, Object> tensor(WireShape shape) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", shape.name());
        words.put("datatype", shape.datatype().name());
        words.put("shape", shape.shape());
        return words;
    }

    /** Returns how a model is served, in the words of Triton's configuration. */
    public static Map<String, Object> config(ModelView view) {
        QueueLimits limits = view.model().limits();
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", ModelName.of(view));
        words.put("platform", PLATFORM);
        words.put("backend", "fovea");
        words.put("max_batch_size", limits.batch());
        words.put("input", List.of(configured(view.input())));
        words.put("output", view.outputs().stream().map(KserveWords::configured).toList());
        words.put("instance_group", List.of(Map.of("name", "workers", "kind", "KIND_CPU", "count", limits.workers())));
        words.put("dynamic_batching", Map.of("max_queue_delay_microseconds", 0));
        return words;
    }

    private static Map<String, Object> configured(WireShape shape) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", shape.name());
        words.put("data_type", shape.datatype() == Datatype.BYTES ? "TYPE_STRING" : "TYPE_" + shape.datatype());
        words.put("dims", shape.shape().subList(1, shape.shape().size()));
        return words;
    }

    /** Returns what the repository holds, a line for each version. */
    public static List<Map<String, Object>> index(List<VersionStatus> versions) {
        List<Map<String, Object>> index = new ArrayList<>();
        for (VersionStatus each : versions) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", each.name());
            line.put("version", Long.toString(each.version()));
            line.put("state", each.state() == VersionStatus.State.READY ? "READY" : "UNAVAILABLE");
            line.put("reason", reason(each));
            index.add(line);
        }
        return index;
    }

    private static String reason(VersionStatus each) {
        return switch (each.state()) {
            case READY -> "";
            case ASIDE -> "not loaded";
            case FAILED -> each.problem().orElseThrow().threeLines();
        };
    }

    /** Returns statistics of models; durations in nanoseconds. */
    public static Map<String, Object> statistics(List<LoadedModel> models) {
        return Map.of(
                "model_stats", models.stream().map(KserveWords::statistics).toList());
    }

    private static Map<String, Object> statistics(LoadedModel model) {
        ModelStatistics statistics = model.statistics();
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("success", times(statistics.answered()));
        times.put("fail", times(statistics.failed()));
        times.put("queue", times(statistics.waited()));
        times.put("compute_input", times(statistics.prepared()));
        times.put("compute_infer", times(statistics.ran()));
        times.put("compute_output", Map.of("count", 0, "ns", 0));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", model.name());
        words.put("version", Long.toString(model.version()));
        words.put("last_inference", statistics.last());
        words.put("inference_count", statistics.pictures());
        words.put("execution_count", statistics.ran().count());
        words.put("inference_stats", times);
        List<Map<String, Object>> batches = new ArrayList<>();
        statistics.batches().forEach((size, each) -> {
            Map<String, Object> batch = new LinkedHashMap<>();
            batch.put("batch_size", size);
            batch.put("compute_infer", Map.of("count", each.count(), "ns", each.nanoseconds()));
            batches.add(batch);
        });
        words.put("batch_stats", batches);
        return words;
    }

    private static Map<String, Object> times(ModelStatistics.Times times) {
        return Map.of("count", times.count(), "ns", times.nanoseconds());
    }
}
