package io.fovea.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.problem.Problem;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of TensorFlow Serving's REST to the default signature: picture files for an input of strings, random numbers for one of numbers.
 *
 * @param values what the input takes
 * @param shape  of one picture
 */
record TensorFlowQuestions(
        ServerDoor door, String address, Values values, List<Integer> shape, List<TimedPicture> pictures)
        implements Questions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEED = 1;

    /** What an input takes. */
    enum Values {
        /** Bytes, which are files of pictures. */
        STRINGS,
        /** Numbers with a fraction. */
        FLOATS,
        /** All others; 0 and 1 are values of every one. */
        WHOLE
    }

    static TensorFlowQuestions of(
            ServerDoor door, LoadSettings settings, JsonNode metadata, List<TimedPicture> pictures) {
        String address = "/v1/models/" + Questions.segment(settings.model()) + ":predict";
        JsonNode inputs = metadata.at("/metadata/signature_def/signature_def/serving_default/inputs");
        if (inputs.size() != 1)
            throw new Problem(
                    "The model's default signature has " + inputs.size() + " inputs; one is expected.",
                    address,
                    "time it in process");
        String name = inputs.fieldNames().next();
        JsonNode input = inputs.path(name);
        List<Integer> shape = new ArrayList<>();
        for (JsonNode axis : input.path("tensor_shape").path("dim"))
            shape.add(axis.path("size").asInt());
        List<Integer> each = shape.isEmpty() ? shape : shape.subList(1, shape.size());
        if (each.stream().anyMatch(size -> size < 1))
            throw new Problem(
                    "The input \"" + name + "\" is " + shape + ": which size is meant is not told.",
                    address,
                    "time it in process");
        Values values =
                switch (input.path("dtype").asText()) {
                    case "DT_STRING" -> Values.STRINGS;
                    case "DT_FLOAT", "DT_DOUBLE", "DT_HALF", "DT_BFLOAT16" -> Values.FLOATS;
                    default -> Values.WHOLE;
                };
        if (values == Values.STRINGS && pictures.isEmpty()) throw Questions.withoutPictures(address);
        return new TensorFlowQuestions(door, address, values, List.copyOf(each), pictures);
    }

    @Override
    public String words() {
        return "TensorFlow Serving's REST to " + address + ", "
                + (values == Values.STRINGS ? "picture files" : "random numbers");
    }

    @Override
    public List<HttpRequest> requests(int batch) {
        List<HttpRequest> requests = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int first = 0; first < (values == Values.STRINGS ? pictures.size() : 1); first++) {
            ObjectNode root = JSON.createObjectNode();
            ArrayNode instances = root.putArray("instances");
            for (int i = 0; i < batch; i++) {
                if (values == Values.STRINGS) {
                    byte[] file = pictures.get((first + i) % pictures.size()).bytes();
                    instances.addObject().put("b64", Base64.getEncoder().encodeToString(file));
                } else add(instances, 0, random);
            }
            requests.add(request(root));
        }
        return requests;
    }

    private void add(ArrayNode into, int axis, SplittableRandom random) {
        if (axis < shape.size()) {
            ArrayNode part = into.addArray();
            for (int i = 0; i < shape.get(axis); i++) add(part, axis + 1, random);
        } else if (values == Values.FLOATS) into.add((float) random.nextDouble());
        else into.add(random.nextInt(2));
    }

    private HttpRequest request(ObjectNode root) {
        try {
            return door.request(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(root)))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
