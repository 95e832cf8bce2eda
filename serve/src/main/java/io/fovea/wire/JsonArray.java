package io.fovea.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Nested arrays of JSON, read flat as they come: all numbers, or all texts of base64.
 *
 * <p>A text stands as it is, or as {@code {"b64": "…"}}.
 *
 * @param shape   the sizes of the arrays, the outermost first; empty for a single element
 * @param content {@link Content.Floats} or {@link Content.Files}
 */
public record JsonArray(List<Integer> shape, Content content) {

    private static final int MOST_AXES = 8;

    /** Copies the shape. */
    public JsonArray {
        shape = List.copyOf(shape);
    }

    /**
     * Reads the value at which a parser stands, to its end.
     *
     * @param where what problems name
     * @throws Problem if arrays differ in length, or an element is neither a number nor base64, or numbers and texts are mixed
     * @throws IOException if it is no JSON
     */
    public static JsonArray read(JsonParser parser, String where) throws IOException {
        Reading reading = new Reading(parser, where);
        reading.value(parser.currentToken(), 0);
        return reading.array();
    }

    private static final class Reading {

        private final JsonParser parser;
        private final String where;
        private final int[] sizes = new int[MOST_AXES];
        private final List<byte[]> files = new ArrayList<>();
        private float[] floats = new float[256];
        private int numbers;
        private int depth = -1; // of the elements

        Reading(JsonParser parser, String where) {
            this.parser = parser;
            this.where = where;
            Arrays.fill(sizes, -1);
        }

        void value(JsonToken token, int axis) throws IOException {
            if (token == JsonToken.START_ARRAY) {
                array(axis);
                return;
            }
            if (depth >= 0 && depth != axis) throw ragged();
            depth = axis;
            switch (token) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getFloatValue());
                case VALUE_STRING -> file(parser.getText());
                case START_OBJECT -> object();
                case null, default ->
                    throw new Problem(
                            "Expected numbers or base64, found \"" + shown(parser.getText()) + "\".",
                            where,
                            "send numbers, or pictures as base64");
            }
        }

        private void array(int axis) throws IOException {
            if (axis == MOST_AXES)
                throw new Problem(
                        "Arrays are nested more than " + MOST_AXES + " deep.", where, "send what the model takes");
            int count = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                value(token, axis + 1);
                count++;
            }
            if (sizes[axis] >= 0 && sizes[axis] != count) throw ragged();
            sizes[axis] = count;
        }

        private void object() throws IOException {
            boolean isText = "b64".equals(parser.nextFieldName()) && parser.nextToken() == JsonToken.VALUE_STRING;
            if (!isText) throw notText();
            file(parser.getText());
            if (parser.nextToken() != JsonToken.END_OBJECT) throw notText();
        }

        private Problem notText() {
            return new Problem(
                    "An object here holds \"b64\" with a text, and nothing else.",
                    where,
                    "write {\"b64\": \"…\"} for a picture");
        }

        private void number(float value) {
            if (!files.isEmpty()) throw mixed();
            if (!Float.isFinite(value))
                throw new Problem(
                        "Element " + numbers + " is " + value + ", which is no number that a picture has.",
                        where,
                        "send finite numbers");
            if (numbers == floats.length) floats = Arrays.copyOf(floats, 2 * numbers);
            floats[numbers++] = value;
        }

        private void file(String text) {
            if (numbers > 0) throw mixed();
            files.add(base64(text, where + ", element " + files.size()));
        }

        private Problem mixed() {
            return new Problem("Numbers and texts are mixed.", where, "send one or the other");
        }

        private Problem ragged() {
            return new Problem(
                    "The arrays are not all of one length and one depth.",
                    where,
                    "send as many numbers for each row, channel and picture");
        }

        JsonArray array() {
            List<Integer> shape = new ArrayList<>();
            for (int axis = 0; axis < MOST_AXES && sizes[axis] >= 0; axis++) shape.add(sizes[axis]);
            return new JsonArray(
                    shape,
                    files.isEmpty()
                            ? new Content.Floats(Arrays.copyOf(floats, numbers))
                            : new Content.Files(List.copyOf(files)));
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /**
     * Returns the bytes of a text in base64, with or without padding.
     *
     * @throws Problem if it is none
     */
    public static byte[] base64(String text, String where) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException otherwise) {
            throw new Problem(
                    "Expected base64, found \"" + shown(text) + "\": "
                            + otherwise.getMessage().toLowerCase(Locale.ROOT) + ".",
                    where,
                    "send the bytes of a picture file as base64, on one line and without \"data:\" before it",
                    otherwise);
        }
    }
}
