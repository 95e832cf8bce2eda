package io.fovea.tensorflow;

import io.fovea.repository.VersionStatus;
import io.fovea.tensorflow.message.DataType;
import io.fovea.wire.Datatype;
import io.fovea.wire.ModelName;
import io.fovea.wire.ModelView;
import io.fovea.wire.WireShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the protocol says beside predictions, as fields of JSON. */
public final class ServingWords {

    private ServingWords() {}

    /** Returns how versions of a model stand, the newest first. */
    public static Map<String, Object> status(List<VersionStatus> versions) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (VersionStatus each : versions.reversed()) {
            Map<String, Object> status = new LinkedHashMap<>();
            boolean failed = each.state() == VersionStatus.State.FAILED;
            status.put("error_code", failed ? "FAILED_PRECONDITION" : "OK");
            status.put(
                    "error_message",
                    each.problem().map(problem -> problem.threeLines()).orElse(""));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("version", Long.toString(each.version()));
            line.put("state", each.state() == VersionStatus.State.READY ? "AVAILABLE" : "END");
            line.put("status", status);
            all.add(line);
        }
        return Map.of("model_version_status", all);
    }

    /** Returns a model's metadata. */
    public static Map<String, Object> metadata(ModelView view) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("name", ModelName.of(view));
        spec.put("signature_name", "");
        spec.put("version", Long.toString(view.model().version()));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("model_spec", spec);
        words.put("metadata", Map.of("signature_def", signatures(view)));
        return words;
    }

    /** Returns a signature for a model's answer, and one for each output by its name. */
    public static Map<String, Object> signatures(ModelView view) {
        Map<String, Object> signatures = new LinkedHashMap<>();
        for (WireShape output : view.outputs()) {
            Map<String, Object> signature = new LinkedHashMap<>();
            signature.put("inputs", Map.of(view.input().name(), tensor(view.input())));
            signature.put("outputs", Map.of(output.name(), tensor(output)));
            signature.put("method_name", "tensorflow/serving/predict");
            if (output.name().equals(view.answer())) signatures.put("serving_default", signature);
            signatures.put(output.name(), signature);
        }
        return Map.of("signature_def", signatures);
    }

    private static Map<String, Object> tensor(WireShape shape) {
        List<Map<String, Object>> axes = new ArrayList<>();
        for (int size : shape.shape()) axes.add(Map.of("size", Integer.toString(size), "name", ""));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("dtype", type(shape.datatype()).name());
        words.put("tensor_shape", Map.of("dim", axes, "unknown_rank", false));
        words.put("name", shape.name());
        return words;
    }

    static DataType type(Datatype datatype) {
        return switch (datatype) {
            case UINT8 -> DataType.DT_UINT8;
            case INT64 -> DataType.DT_INT64;
            case FP32 -> DataType.DT_FLOAT;
            case FP64 -> DataType.DT_DOUBLE;
            case BYTES -> DataType.DT_STRING;
        };
    }
}
