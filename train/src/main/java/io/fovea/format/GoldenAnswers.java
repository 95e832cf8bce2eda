package io.fovea.format;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.file.NativeLibraries;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Asks an ONNX file about a model's golden pictures.
 *
 * <p>A difference is told as a share of max(1, M), with M the largest magnitude among a picture's numbers, as {@link
 * Manifest#allowedDifference} has it.
 */
final class GoldenAnswers {

    private GoldenAnswers() {}

    /**
     * Compares what the file answers with what the model was measured with.
     *
     * @param place     whether the file prepares pictures itself
     * @param tolerance the largest share that may differ
     * @throws Problem if one differs by more, or ONNX Runtime does not take the file
     */
    static Check of(ModelSource model, byte[] onnx, PreparationPlace place, double tolerance) {
        NativeLibraries.unpackOnnxRuntime();
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
        double largest = 0;
        try (OrtSession.SessionOptions options = options();
                OrtSession session = environment.createSession(onnx, options)) {
            for (GoldenPicture golden : model.manifest().golden()) {
                double difference = difference(model.bundle(), golden, session, environment, place);
                if (!(difference <= tolerance)) throw differs(model, golden, difference, tolerance);
                largest = Math.max(largest, difference);
            }
        } catch (OrtException e) {
            throw new Problem(
                    "ONNX Runtime does not take the file: " + e.getMessage() + ".",
                    model.where(),
                    "export it with fewer choices; the model itself is as it was",
                    e);
        }
        return new Check(
                model.manifest().golden().size() + " golden pictures in ONNX Runtime " + environment.getVersion(),
                largest,
                tolerance);
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1); // the same sums on every machine
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }

    private static double difference(
            Bundle bundle, GoldenPicture golden, OrtSession session, OrtEnvironment environment, PreparationPlace place)
            throws OrtException {
        float[] found = answered(bundle, golden, session, environment, place);
        double size =
                bundle.manifest().allowedDifference(golden) / bundle.manifest().tolerance();
        double largest = 0;
        for (int i = 0; i < golden.logits().length; i++) {
            double difference = Math.abs((double) golden.logits()[i] - found[i * golden.stride()]) / size;
            if (Double.isNaN(difference)) return difference;
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    private static float[] answered(
            Bundle bundle, GoldenPicture golden, OrtSession session, OrtEnvironment environment, PreparationPlace place)
            throws OrtException {
        String result = bundle.manifest().task().result();
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor picture = input(bundle, golden, environment, place);
                OrtSession.Result answer = session.run(Map.of(input, picture), Set.of(result))) {
            FloatBuffer values = ((OnnxTensor) answer.get(0)).getFloatBuffer();
            float[] numbers = new float[values.remaining()];
            values.get(numbers);
            return numbers;
        }
    }

    private static OnnxTensor input(
            Bundle bundle, GoldenPicture golden, OrtEnvironment environment, PreparationPlace place)
            throws OrtException {
        Preprocessing preprocessing = bundle.manifest().preprocessing();
        byte[] file = bundle.golden(golden);
        return switch (place) {
            case INSIDE -> {
                Pixels picture = PictureDecoder.decode(file, golden.file(), ColorMode.COLOR);
                ByteBuffer bytes = ByteBuffer.allocateDirect(picture.values().length);
                bytes.put(picture.values()).flip();
                yield OnnxTensor.createTensor(
                        environment, bytes, new long[] {1, picture.height(), picture.width(), 3}, OnnxJavaType.UINT8);
            }
            case OUTSIDE -> {
                Pixels picture =
                        preprocessing.prepare(PictureDecoder.decode(file, golden.file(), preprocessing.colorMode()));
                float[] values = new float[picture.values().length];
                preprocessing.normalise(picture, values, 0);
                yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {
                    1, picture.channels(), picture.height(), picture.width()
                });
            }
        };
    }

    private static Problem differs(ModelSource model, GoldenPicture golden, double difference, double tolerance) {
        return new Problem(
                String.format(
                        Locale.ROOT,
                        "In this form the model answers otherwise about golden picture \"%s\": a difference of %.2g, of"
                                + " which %.2g is allowed.",
                        golden.file(),
                        difference,
                        tolerance),
                model.where(),
                "export it with 32 bits and preprocessing outside; nothing was written");
    }
}
