package io.fovea.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of the Open Inference Protocol, made from what the model's metadata say: picture files for inputs of bytes, random numbers for all others. Tensors
 * are sent as they are where the server lists the binary extension, else as JSON.
 *
 * <p>Source: Open Inference Protocol 2.0, and Triton's extension for binary tensor data.
 */
record KserveQuestions(ServerDoor door, String address, List<Input> inputs, List<TimedPicture> pictures, Form form)
        implements Questions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEED = 1;
    private static final int ANY = -1;

    /** How tensors are sent. */
    enum Form {
        /** Bytes after the JSON. */
        BINARY,
        /** Numbers, and pictures as base64, in the JSON. */
        JSON
    }

    /** What the model takes; of the first axis −1 stands for any number. */
    record Input(String name, String datatype, List<Long> shape) {}

    static KserveQuestions of(ServerDoor door, String address, JsonNode model, List<TimedPicture> pictures) {
        List<Input> inputs = new ArrayList<>();
        for (JsonNode input : model.path("inputs")) {
            List<Long> shape = new ArrayList<>();
            input.path("shape").forEach(size -> shape.add(size.asLong()));
            inputs.add(new Input(
                    input.path("name").asText(), input.path("datatype").asText(), shape));
        }
        if (inputs.isEmpty()) throw strange("The model's metadata name no inputs.", address);
        boolean binary = false;
        for (JsonNode extension : door.get("/v2").json().path("extensions"))
            binary |= extension.asText().startsWith("binary_tensor_data");
        return new KserveQuestions(door, address, inputs, pictures, binary ? Form.BINARY : Form.JSON);
    }

    private static Problem strange(String what, String where) {
        return new Problem(what, where, "time it in process, or send it pictures by another protocol");
    }

    @Override
    public String words() {
        boolean bytes = inputs.stream().allMatch(input -> input.datatype().equals("BYTES"));
        return "KServe v2 to " + address + ", " + (bytes ? "picture files" : "random numbers")
                + (form == Form.BINARY ? ", binary" : ", as JSON");
    }

    @Override
    public List<HttpRequest> requests(int batch) {
        boolean pictured = inputs.stream().anyMatch(input -> input.datatype().equals("BYTES"));
        if (pictured && pictures.isEmpty()) throw Questions.withoutPictures(address);
        List<HttpRequest> requests = new ArrayList<>();
        for (int first = 0; first < (pictured ? pictures.size() : 1); first++) requests.add(request(batch, first));
        return requests;
    }

    private HttpRequest request(int batch, int first) {
        ObjectNode root = JSON.createObjectNode();
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        ArrayNode list = root.putArray("inputs");
        for (Input input : inputs) {
            ObjectNode node = list.addObject();
            node.put("name", input.name()).put("datatype", input.datatype());
            long[] shape = shape(input, batch);
            for (long size : shape) node.withArray("shape").add(size);
            List<byte[]> elements =
                    input.datatype().equals("BYTES") ? files(shape, first) : List.of(numbers(input, shape));
            if (form == Form.BINARY) {
                int start = after.size();
                for (byte[] element : elements) {
                    if (input.datatype().equals("BYTES"))
                        after.writeBytes(little(4).putInt(element.length).array());
                    after.writeBytes(element);
                }
                node.putObject("parameters").put("binary_data_size", after.size() - start);
            } else {
                ArrayNode data = node.putArray("data");
                if (input.datatype().equals("BYTES"))
                    for (byte[] element : elements) data.add(Base64.getEncoder().encodeToString(element));
                else addNumbers(data, input.datatype(), elements.getFirst());
            }
        }
        if (form == Form.BINARY) root.putObject("parameters").put("binary_data_output", true);
        return request(root, after.toByteArray());
    }

    private HttpRequest request(ObjectNode root, byte[] after) {
        try {
            byte[] head = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
            HttpRequest.Builder request = door.request(address + "/infer");
            if (form == Form.BINARY)
                request.header("Inference-Header-Content-Length", Integer.toString(head.length))
                        .header("Content-Type", "application/octet-stream");
            else request.header("Content-Type", "application/json");
            byte[] body = ByteBuffer.allocate(head.length + after.length)
                    .put(head)
                    .put(after)
                    .array();
            return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long[] shape(Input input, int batch) {
        long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
        if (shape.length > 0 && shape[0] == ANY) shape[0] = batch;
        else if (batch > 1 && (shape.length == 0 || shape[0] != batch))
            throw new Problem(
                    "The input \"" + input.name() + "\" is " + input.shape() + ", which takes no batch of " + batch
                            + ".",
                    address,
                    "leave --batch out");
        for (long size : shape)
            if (size < 1)
                throw strange(
                        "The input \"" + input.name() + "\" is " + input.shape() + ": which size is meant is not told.",
                        address);
        return shape;
    }

    private List<byte[]> files(long[] shape, int first) {
        long count = 1;
        for (long size : shape) count *= size;
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < count; i++)
            files.add(pictures.get((first + i) % pictures.size()).bytes());
        return files;
    }

    private byte[] numbers(Input input, long[] shape) {
        long count = 1;
        for (long size : shape) count *= size;
        int width = width(input.datatype());
        SplittableRandom random = new SplittableRandom(SEED);
        ByteBuffer bytes = little(Math.toIntExact(count * width));
        while (bytes.hasRemaining()) {
            switch (input.datatype()) {
                case "FP32" -> bytes.putFloat((float) random.nextDouble());
                case "FP64" -> bytes.putDouble(random.nextDouble());
                case "FP16" -> bytes.putShort(Float.floatToFloat16((float) random.nextDouble()));
                case "UINT8", "INT8" -> bytes.put((byte) random.nextInt(128));
                default -> { // whole numbers, and BOOL: 0 and 1 are values of every one
                    bytes.put((byte) random.nextInt(2));
                    for (int i = 1; i < width; i++) bytes.put((byte) 0);
                }
            }
        }
        return bytes.array();
    }

    private int width(String datatype) {
        return switch (datatype) {
            case "BOOL", "UINT8", "INT8" -> 1;
            case "FP16", "UINT16", "INT16" -> 2;
            case "FP32", "UINT32", "INT32" -> 4;
            case "FP64", "UINT64", "INT64" -> 8;
            default ->
                throw strange("The model takes the datatype " + datatype + ", of which nothing is known.", address);
        };
    }

    private void addNumbers(ArrayNode data, String datatype, byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) {
            switch (datatype) {
                case "FP32" -> data.add(numbers.getFloat());
                case "FP64" -> data.add(numbers.getDouble());
                case "FP16" -> data.add(Float.float16ToFloat(numbers.getShort()));
                case "BOOL" -> data.add(numbers.get() != 0);
                default -> {
                    data.add((int) numbers.get());
                    numbers.position(numbers.position() + width(datatype) - 1);
                }
            }
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
