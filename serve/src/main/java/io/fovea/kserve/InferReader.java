package io.fovea.kserve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.JsonArray;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a request for inference: JSON, or JSON with tensors as bytes behind it.
 *
 * <p>Elements of BYTES in JSON are base64, as a picture is no text.
 */
public final class InferReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE) // the body's own limit holds
                    .maxNestingDepth(32)
                    .build())
            .build();

    private final byte[] body;
    private final int headerLength;
    private final WireShape expected;
    private Optional<String> id = Optional.empty();
    private final List<Described> inputs = new ArrayList<>();
    private final List<RequestedOutput> outputs = new ArrayList<>();
    private boolean binary;
    private Optional<Duration> timeout = Optional.empty();

    private InferReader(byte[] body, int headerLength, WireShape expected) {
        this.body = body;
        this.headerLength = headerLength;
        this.expected = expected;
    }

    /** An input as its JSON describes it. */
    private record Described(
            String name, String datatype, List<Integer> shape, Optional<JsonArray> data, OptionalInt binarySize) {}

    /**
     * Reads a body.
     *
     * @param headerLength what {@code Inference-Header-Content-Length} says; empty if all of it is JSON. With 0 the body is the input itself
     * @param expected     the only input of the model
     * @throws Problem if it is no such request, with what is wrong in it
     */
    public static InferRequest read(byte[] body, OptionalInt headerLength, WireShape expected) {
        if (headerLength.isPresent() && (headerLength.getAsInt() < 0 || headerLength.getAsInt() > body.length))
            throw new Problem(
                    "The header says that " + headerLength.getAsInt() + " bytes are JSON, and the body has "
                            + body.length + ".",
                    "header Inference-Header-Content-Length",
                    "send the length of the JSON part there");
        if (headerLength.isPresent() && headerLength.getAsInt() == 0) return raw(body, expected);
        InferReader reader = new InferReader(body, headerLength.orElse(body.length), expected);
        return reader.request();
    }

    /** The body alone, without any JSON. */
    private static InferRequest raw(byte[] body, WireShape expected) {
        List<Integer> shape = new ArrayList<>(List.of(1));
        shape.addAll(expected.shape().subList(1, expected.shape().size()));
        Content content = expected.datatype() == Datatype.BYTES
                ? new Content.Files(List.of(body))
                : RawTensor.read(expected.datatype(), ByteBuffer.wrap(body), "the body");
        return new InferRequest(
                Optional.empty(),
                WireTensor.received(expected.name(), expected.datatype(), shape, content),
                List.of(),
                true,
                Optional.empty());
    }

    private InferRequest request() {
        try (JsonParser parser = JSON.createParser(body, 0, headerLength)) {
            if (parser.nextToken() != JsonToken.START_OBJECT)
                throw new Problem("The body is no JSON object.", "the body", "send {\"inputs\": […]}");
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                switch (field) {
                    case "id" -> id = Optional.ofNullable(parser.getValueAsString());
                    case "inputs" -> each(parser, "inputs", this::input);
                    case "outputs" -> each(parser, "outputs", this::output);
                    case "parameters" -> parameters(parser, token);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null)
                throw new Problem("Something follows the JSON.", "the body", "send one JSON object");
        } catch (IOException otherwise) {
            throw noJson(otherwise);
        }
        if (inputs.size() != 1)
            throw new Problem(
                    "Expected one input, \"" + expected.name() + "\", found " + inputs.size() + ".",
                    "inputs",
                    "send what the model's metadata describe");
        return new InferRequest(id, tensor(inputs.getFirst()), outputs, binary, timeout);
    }

    /** Says where JSON ends or goes wrong, without repeating the body. */
    static Problem noJson(IOException otherwise) {
        String place = otherwise instanceof com.fasterxml.jackson.core.JsonProcessingException known
                        && known.getLocation() != null
                ? "the body, line " + known.getLocation().getLineNr() + ", column "
                        + known.getLocation().getColumnNr()
                : "the body";
        return new Problem("The body is no JSON, or was cut off.", place, "send a whole JSON object", otherwise);
    }

    private interface Item {
        void read(JsonParser parser, String where) throws IOException;
    }

    private static void each(JsonParser parser, String field, Item item) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY)
            throw new Problem("\"" + field + "\" is no list.", field, "write \"" + field + "\": [{…}]");
        int at = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String where = field + "[" + at++ + "]";
            if (parser.currentToken() != JsonToken.START_OBJECT)
                throw new Problem("Expected an object.", where, "write {\"name\": …}");
            item.read(parser, where);
        }
    }

    private void input(JsonParser parser, String where) throws IOException {
        String name = "";
        String datatype = "";
        List<Integer> shape = null;
        Optional<JsonArray> data = Optional.empty();
        OptionalInt binarySize = OptionalInt.empty();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (field) {
                case "name" -> name = text(parser, where + ".name");
                case "datatype" -> datatype = text(parser, where + ".datatype");
                case "shape" -> shape = shape(parser, where + ".shape");
                case "data" -> data = Optional.of(JsonArray.read(parser, where + ".data"));
                case "parameters" -> binarySize = binarySize(parser, token, where + ".parameters");
                default -> parser.skipChildren();
            }
        }
        if (shape == null) throw new Problem("The input has no shape.", where, "add \"shape\": [1]");
        if (data.isPresent() == binarySize.isPresent())
            throw new Problem(
                    "An input has either data or bytes behind the JSON.",
                    where,
                    "add \"data\", or the parameter \"binary_data_size\" and the header"
                            + " Inference-Header-Content-Length");
        inputs.add(new Described(name, datatype, shape, data, binarySize));
    }

    private static String text(JsonParser parser, String where) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING)
            throw new Problem("Expected a text.", where, "write it in quotes");
        return parser.getText();
    }

    private static int whole(JsonParser parser, String where, int most) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() < 0
                || parser.getIntValue() > most)
            throw new Problem(
                    String.format(Locale.ROOT, "Expected a whole number from 0 to %d.", most),
                    where,
                    "mend the number");
        return parser.getIntValue();
    }

    private static List<Integer> shape(JsonParser parser, String where) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY)
            throw new Problem("A shape is a list of sizes.", where, "write it as [1, 3, 224, 224]");
        List<Integer> shape = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (shape.size() == 8) throw new Problem("A shape has 8 axes at most.", where, "send what the model takes");
            shape.add(whole(parser, where, Integer.MAX_VALUE));
        }
        return shape;
    }

    private static OptionalInt binarySize(JsonParser parser, JsonToken token, String where) throws IOException {
        OptionalInt size = OptionalInt.empty();
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return size;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            if (field.equals("binary_data_size"))
                size = OptionalInt.of(whole(parser, where + "." + field, Integer.MAX_VALUE));
            else parser.skipChildren();
        }
        return size;
    }

    private void output(JsonParser parser, String where) throws IOException {
        String name = "";
        Optional<Boolean> bytes = Optional.empty();
        int classification = 0;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (field.equals("name")) name = text(parser, where + ".name");
            else if (field.equals("parameters") && token == JsonToken.START_OBJECT) {
                for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                    parser.nextToken();
                    if (key.equals("binary_data")) bytes = Optional.of(truth(parser, where + "." + key));
                    else if (key.equals("classification"))
                        classification = whole(parser, where + "." + key, Integer.MAX_VALUE);
                    else parser.skipChildren();
                }
            } else parser.skipChildren();
        }
        outputs.add(new RequestedOutput(name, bytes, classification));
    }

    private static boolean truth(JsonParser parser, String where) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new Problem("Expected true or false.", where, "write true or false");
        };
    }

    private void parameters(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            switch (key) {
                case "binary_data_output" -> binary = truth(parser, "parameters.binary_data_output");
                case "timeout" ->
                    timeout = Optional.of(
                            Duration.ofNanos(1000L * whole(parser, "parameters.timeout", Integer.MAX_VALUE)));
                default -> parser.skipChildren();
            }
        }
    }

    private WireTensor tensor(Described input) {
        Datatype datatype = datatype(input.datatype(), input.name(), expected);
        String where = "input \"" + input.name() + "\"";
        if (input.data().isPresent()) {
            JsonArray data = input.data().get();
            if (headerLength < body.length) throw left(body.length - headerLength);
            boolean fits = (data.content() instanceof Content.Files) == (datatype == Datatype.BYTES)
                    || data.content().count() == 0;
            if (!fits)
                throw new Problem(
                        "The data are no " + datatype + ".",
                        where,
                        datatype == Datatype.BYTES ? "send pictures as base64" : "send numbers");
            if (data.shape().size() > 1 && !data.shape().equals(input.shape()))
                throw new Problem(
                        "The data are nested as " + data.shape() + ", and the shape is " + input.shape() + ".",
                        where,
                        "let both agree, or send the data flat");
            return WireTensor.received(input.name(), datatype, input.shape(), data.content());
        }
        int size = input.binarySize().getAsInt();
        int there = body.length - headerLength;
        if (size > there)
            throw new Problem(
                    "The input has " + size + " bytes, and " + there + " follow the JSON.",
                    where,
                    "send all bytes; the body was cut off, or \"binary_data_size\" is wrong");
        if (size < there) throw left(there - size);
        Content content = RawTensor.read(datatype, ByteBuffer.wrap(body, headerLength, size), where);
        return WireTensor.received(input.name(), datatype, input.shape(), content);
    }

    private static Problem left(int bytes) {
        return new Problem(
                bytes + " bytes follow that belong to no input.",
                "the body",
                "give each input its \"binary_data_size\"");
    }

    static Datatype datatype(String word, String input, WireShape expected) {
        if (word.equals(expected.datatype().name())) return expected.datatype();
        throw new Problem(
                "Expected the datatype " + expected.datatype() + ", found \"" + word + "\".",
                "input \"" + input + "\"",
                "send what the model's metadata describe");
    }
}
