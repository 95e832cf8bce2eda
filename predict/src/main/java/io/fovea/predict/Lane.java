package io.fovea.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Native memory for one run at a time: input [N, C, H, W], logits [N, K], probabilities [N, K].
 *
 * <p>ONNX Runtime reads and writes these buffers directly, so that a prediction allocates nothing outside the Java heap. Not for
 * two threads at once.
 */
final class Lane implements AutoCloseable {

    private final OrtEnvironment environment;
    private final long[] pictureShape;
    private final int classes;
    private final FloatBuffer input;
    private final FloatBuffer logits;
    private final FloatBuffer probabilities;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    Lane(OrtEnvironment environment, int pictures, long[] pictureShape, int classes) throws OrtException {
        this(
                environment,
                pictures,
                pictureShape,
                classes,
                direct(pictures * pictureShape[0] * pictureShape[1] * pictureShape[2]),
                direct((long) pictures * classes),
                direct((long) pictures * classes));
    }

    private Lane(
            OrtEnvironment environment,
            int pictures,
            long[] pictureShape,
            int classes,
            FloatBuffer input,
            FloatBuffer logits,
            FloatBuffer probabilities)
            throws OrtException {
        this.environment = environment;
        this.pictureShape = pictureShape;
        this.classes = classes;
        this.input = input;
        this.logits = logits;
        this.probabilities = probabilities;
        long[] inputShape = {pictures, pictureShape[0], pictureShape[1], pictureShape[2]};
        long[] outputShape = {pictures, classes};
        this.inputs = Map.of(OnnxModel.INPUT, OnnxTensor.createTensor(environment, input, inputShape));
        this.outputs = Map.of(
                OnnxModel.LOGITS, OnnxTensor.createTensor(environment, logits, outputShape),
                OnnxModel.PROBABILITIES, OnnxTensor.createTensor(environment, probabilities, outputShape));
    }

    private static FloatBuffer direct(long count) {
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, Float.BYTES)))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Returns a lane for the first {@code pictures} pictures in the same memory; closing it leaves that memory alone. */
    Lane part(int pictures) throws OrtException {
        int pictureSize = Math.toIntExact(pictureShape[0] * pictureShape[1] * pictureShape[2]);
        return new Lane(
                environment,
                pictures,
                pictureShape,
                classes,
                input.slice(0, pictures * pictureSize),
                logits.slice(0, pictures * classes),
                probabilities.slice(0, pictures * classes));
    }

    /** Returns the input's floats, [N, C, H, W]. */
    FloatBuffer input() {
        return input;
    }

    Map<String, OnnxTensor> inputs() {
        return inputs;
    }

    Map<String, OnnxTensor> outputs() {
        return outputs;
    }

    /** Returns [K] the logits of one picture of the last run; a copy. */
    float[] logits(int picture) {
        return row(logits, picture);
    }

    /** Returns [K] the probabilities of one picture of the last run; a copy. */
    float[] probabilities(int picture) {
        return row(probabilities, picture);
    }

    private float[] row(FloatBuffer values, int picture) {
        float[] row = new float[classes];
        values.get(picture * classes, row);
        return row;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
