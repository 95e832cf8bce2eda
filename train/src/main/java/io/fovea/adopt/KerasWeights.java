package io.fovea.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a Keras model's file holds: its description, and arrays by layer and name, such as {@code Conv1/kernel}.
 *
 * @param topology the JSON of the model
 * @param arrays   as the file has them, axes in Keras's order
 */
record KerasWeights(JsonNode topology, Map<String, NamedTensor> arrays) {

    static final JsonMapper JSON = new JsonMapper();
    static final String STEP = "export the model again";
    private static final long LARGEST = 1L << 31;

    /** Reads TensorFlow.js's {@code model.json} and the files of weights that it names. */
    static KerasWeights ofTensorFlowJs(Path file, String where) throws IOException {
        JsonNode model = JSON.readTree(ProjectFiles.text(file));
        JsonNode topology = model.path("modelTopology");
        if (topology.isMissingNode() || !model.has("weightsManifest"))
            throw new Problem(
                    "Expected a layers model of TensorFlow.js, with modelTopology and weightsManifest.", where, STEP);
        Map<String, NamedTensor> arrays = new HashMap<>();
        for (JsonNode group : model.get("weightsManifest")) {
            ByteBuffer bytes = shards(file, group, where);
            for (JsonNode weight : group.path("weights")) {
                String name = weight.path("name").asText();
                if (!weight.path("dtype").asText().equals("float32") || weight.has("quantization"))
                    throw new Problem(
                            "The weights \"" + name + "\" are of the type "
                                    + weight.path("dtype").asText() + (weight.has("quantization") ? ", quantised" : "")
                                    + "; floats of 32 bits are read.",
                            where,
                            "export the model without quantisation");
                int[] shape = new int[weight.path("shape").size()];
                int count = 1;
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = weight.path("shape").get(i).asInt();
                    boolean isThere = shape[i] > 0 && (long) Float.BYTES * count * shape[i] <= bytes.remaining();
                    if (!isThere) throw cut(name, where);
                    count *= shape[i];
                }
                if (bytes.remaining() < Float.BYTES * count) throw cut(name, where);
                float[] values = new float[count];
                for (int i = 0; i < count; i++) values[i] = bytes.getFloat();
                put(arrays, name, shape, values, where);
            }
        }
        return new KerasWeights(topology.has("model_config") ? topology.get("model_config") : topology, arrays);
    }

    private static Problem cut(String name, String where) {
        return new Problem("The weights end before \"" + name + "\".", where, STEP);
    }

    private static ByteBuffer shards(Path model, JsonNode group, String where) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JsonNode path : group.path("paths")) {
            Path folder = model.toAbsolutePath().normalize().getParent();
            Path shard = folder.resolve(path.asText()).normalize();
            if (!shard.startsWith(folder) || !Files.isRegularFile(shard))
                throw new Problem(
                        "The file of weights \"" + path.asText() + "\" is not there.",
                        where,
                        "put it beside model.json");
            if (all.size() + Files.size(shard) >= LARGEST)
                throw new Problem("The weights are larger than 2 GiB.", where, "adopt a smaller model");
            all.write(Files.readAllBytes(shard));
        }
        return ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads Keras's {@code .h5}. */
    static KerasWeights ofHdf5(Path file, String where) throws IOException {
        try {
            return KerasFile.read(file, where);
        } catch (NoClassDefFoundError absent) {
            throw new Problem(
                    "Reading Keras's files needs the library jhdf, which is not on the class path.",
                    where,
                    "add io.jhdf:jhdf to the program's dependencies, or adopt the Tensorflow.js export",
                    absent);
        }
    }

    static void put(Map<String, NamedTensor> arrays, String name, int[] shape, float[] values, String where) {
        String[] parts = name.split("/");
        String key = parts.length < 2 ? name : parts[parts.length - 2] + "/" + parts[parts.length - 1];
        if (arrays.put(key, new NamedTensor(key, shape, values)) != null)
            throw new Problem("Two layers have weights named \"" + key + "\".", where, STEP);
    }
}
