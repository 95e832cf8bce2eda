package io.fovea.tensorflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.JsonArray;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the bodies of {@code :predict}, {@code :classify} and {@code :regress}. */
public final class PredictReader {

    /** NaN is no strict JSON, but the protocol allows it; it is refused as a picture's number instead. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE) // the body's own limit holds
                    .maxNestingDepth(32)
                    .build())
            .build();

    private final WireShape expected;
    private List<String> outputs = List.of();
    private Optional<List<JsonArray>> rows = Optional.empty();
    private Optional<JsonArray> column = Optional.empty();

    private PredictReader(WireShape expected) {
        this.expected = expected;
    }

    /**
     * Reads the body of {@code :predict}.
     *
     * @param expected the only input of the model
     * @throws Problem if it is no such request, with what is wrong in it
     */
    public static PredictRequest predict(byte[] body, WireShape expected) {
        return new PredictReader(expected).request(body, "instances", "inputs");
    }

    /**
     * Reads the body of {@code :classify} or {@code :regress}.
     *
     * @throws Problem as {@link #predict}
     */
    public static PredictRequest examples(byte[] body, WireShape expected) {
        return new PredictReader(expected).request(body, "examples", "");
    }

    private PredictRequest request(byte[] body, String rowField, String columnField) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT)
                throw new Problem(
                        "The body is no JSON object.", "the body", "send {\"" + rowField + "\": [{\"b64\": \"…\"}]}");
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                if (field.equals("signature_name")) outputs = PredictRequest.signature(parser.getValueAsString(""));
                else if (field.equals(rowField)) rows = Optional.of(rows(parser, rowField));
                else if (!columnField.isEmpty() && field.equals(columnField))
                    column = Optional.of(column(parser, columnField));
                else parser.skipChildren();
            }
            if (parser.nextToken() != null)
                throw new Problem("Something follows the JSON.", "the body", "send one JSON object");
        } catch (IOException otherwise) {
            throw new Problem(
                    "The body is no JSON, or was cut off.", "the body", "send a whole JSON object", otherwise);
        }
        if (rows.isPresent() == column.isPresent())
            throw new Problem(
                    "Expected " + (columnField.isEmpty() ? "" : "either \"" + columnField + "\" or ") + "\"" + rowField
                            + "\"" + (rows.isPresent() ? ", found both." : ", found neither."),
                    "the body",
                    "send one of them");
        return rows.map(all -> new PredictRequest(PredictRequest.Form.ROW, joined(all, rowField), outputs))
                .orElseGet(() ->
                        new PredictRequest(PredictRequest.Form.COLUMN, tensor(column.get(), columnField), outputs));
    }

    private List<JsonArray> rows(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY)
            throw new Problem("\"" + field + "\" is no list.", field, "write \"" + field + "\": […]");
        List<JsonArray> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) all.add(named(parser, field + "[" + all.size() + "]"));
        if (all.isEmpty()) throw new Problem("The list is empty.", field, "send at least one picture");
        return all;
    }

    private JsonArray column(JsonParser parser, String field) throws IOException {
        return named(parser, field);
    }

    /** A value as it is, or under the input's name, which may end with {@code _bytes}. */
    private JsonArray named(JsonParser parser, String where) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) return JsonArray.read(parser, where);
        String name = parser.nextFieldName();
        JsonToken token = parser.nextToken();
        JsonArray array;
        if ("b64".equals(name) && token == JsonToken.VALUE_STRING)
            array = new JsonArray(List.of(), new Content.Files(List.of(JsonArray.base64(parser.getText(), where))));
        else if (expected.name().equals(name) || (expected.name() + "_bytes").equals(name))
            array = JsonArray.read(parser, where + "." + name);
        else
            throw new Problem(
                    "The model has no input \"" + name + "\".", where, "it has one, \"" + expected.name() + "\"");
        if (parser.nextToken() != JsonToken.END_OBJECT)
            throw new Problem(
                    "The model has one input, \"" + expected.name() + "\", and here is another one.",
                    where,
                    "send that one alone");
        return array;
    }

    private WireTensor joined(List<JsonArray> all, String field) {
        List<Integer> each = all.getFirst().shape();
        for (int i = 1; i < all.size(); i++)
            if (!all.get(i).shape().equals(each))
                throw new Problem(
                        "The arrays are not all of one shape: " + each + " and "
                                + all.get(i).shape() + ".",
                        field + "[" + i + "]",
                        "send pictures of the model's size");
        List<Integer> shape = new ArrayList<>(List.of(all.size()));
        shape.addAll(each);
        if (all.stream().allMatch(array -> array.content() instanceof Content.Files)) {
            List<byte[]> files = all.stream()
                    .flatMap(array -> ((Content.Files) array.content()).values().stream())
                    .toList();
            return tensor(new JsonArray(shape, new Content.Files(files)), field);
        }
        if (!all.stream().allMatch(array -> array.content() instanceof Content.Floats))
            throw new Problem("Numbers and texts are mixed.", field, "send one or the other");
        int count = all.getFirst().content().count();
        float[] values = new float[Math.multiplyExact(count, all.size())];
        for (int i = 0; i < all.size(); i++)
            System.arraycopy(((Content.Floats) all.get(i).content()).values(), 0, values, i * count, count);
        return tensor(new JsonArray(shape, new Content.Floats(values)), field);
    }

    private WireTensor tensor(JsonArray array, String field) {
        List<Integer> shape = array.shape().isEmpty() ? List.of(1) : array.shape();
        if (array.content().count() == 0)
            throw new Problem("There are no numbers and no texts.", field, "send at least one picture");
        Datatype datatype = array.content() instanceof Content.Files ? Datatype.BYTES : Datatype.FP32;
        return WireTensor.received(expected.name(), datatype, shape, array.content());
    }
}
