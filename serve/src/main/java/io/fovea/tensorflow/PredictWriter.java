package io.fovea.tensorflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.WireTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/** Writes the answers to {@code :predict}, {@code :classify} and {@code :regress}. */
public final class PredictWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private PredictWriter() {}

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Returns the answer to {@code :predict}: {@code predictions}, or {@code outputs} where the request had {@code inputs}. */
    public static byte[] predictions(PredictRequest.Form form, WireTensor output) {
        return object(out -> {
            out.writeFieldName(form == PredictRequest.Form.ROW ? "predictions" : "outputs");
            nested(out, output, 0, 0);
        });
    }

    /** Writes the elements from {@code first} on that lie below an axis. */
    private static void nested(JsonGenerator out, WireTensor tensor, int axis, int first) throws IOException {
        if (axis == tensor.shape().size()) {
            element(out, tensor.content(), first);
            return;
        }
        int below = 1;
        for (int i = axis + 1; i < tensor.shape().size(); i++)
            below *= tensor.shape().get(i);
        out.writeStartArray();
        for (int i = 0; i < tensor.shape().get(axis); i++) nested(out, tensor, axis + 1, first + i * below);
        out.writeEndArray();
    }

    private static void element(JsonGenerator out, Content content, int at) throws IOException {
        switch (content) {
            case Content.Floats floats -> out.writeNumber(floats.values()[at]);
            case Content.Doubles doubles -> out.writeNumber(doubles.values()[at]);
            case Content.Octets octets -> out.writeNumber(octets.values()[at] & 0xff);
            case Content.Integers integers -> out.writeNumber(integers.values()[at]);
            case Content.Texts texts -> out.writeString(texts.values().get(at));
            case Content.Files files -> {
                out.writeStartObject();
                out.writeStringField(
                        "b64", Base64.getEncoder().encodeToString(files.values().get(at)));
                out.writeEndObject();
            }
        }
    }

    /**
     * Returns the answer to {@code :classify}: for each picture all classes with their scores, in label order.
     *
     * @param names of the classes
     * @throws Problem if the model names no classes of a picture
     */
    public static byte[] classes(WireTensor scores, List<String> names) {
        float[] values = scores(scores, names);
        return object(out -> {
            out.writeArrayFieldStart("results");
            for (int row = 0; row < scores.shape().getFirst(); row++) {
                out.writeStartArray();
                for (int label = 0; label < names.size(); label++) {
                    out.writeStartArray();
                    out.writeString(names.get(label));
                    out.writeNumber(values[row * names.size() + label]);
                    out.writeEndArray();
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        });
    }

    /** Returns the scores of classes [N, K], if they are such. */
    static float[] scores(WireTensor scores, List<String> names) {
        boolean fits = scores.content() instanceof Content.Floats
                && scores.shape().size() == 2
                && scores.shape().get(1) == names.size();
        if (!fits) throw other("classify", "names no classes of a picture");
        return ((Content.Floats) scores.content()).values();
    }

    /**
     * Returns the answer to {@code :regress}: for each picture its value, or a list of them where the model has several targets.
     *
     * @param isRegression whether the model reads values from pictures
     * @throws Problem if it does not
     */
    public static byte[] values(WireTensor values, boolean isRegression) {
        checkValues(isRegression);
        boolean single = values.shape().get(1) == 1;
        return object(out -> {
            out.writeFieldName("results");
            nested(
                    out,
                    single
                            ? new WireTensor(
                                    values.name(),
                                    values.datatype(),
                                    List.of(values.shape().getFirst()),
                                    values.content())
                            : values,
                    0,
                    0);
        });
    }

    static void checkValues(boolean isRegression) {
        if (!isRegression) throw other("regress", "reads no values from pictures");
    }

    private static Problem other(String verb, String why) {
        return new Problem("The model " + why + ".", ":" + verb, "ask for its answer with :predict");
    }
}
