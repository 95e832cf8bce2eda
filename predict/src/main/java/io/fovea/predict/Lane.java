package io.fovea.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Native memory for one run at a time: input [N, C, H, W] and outputs of a width each, for example logits and probabilities [N, K].
 *
 * <p>ONNX Runtime reads and writes these buffers directly, so that a prediction allocates nothing outside the Java heap. Not for
 * two threads at once.
 */
final class Lane implements AutoCloseable {

    private final OrtEnvironment environment;
    private final int pictures;
    private final long[] pictureShape;
    private final List<String> names;
    private final int[] widths;
    private final FloatBuffer input;
    private final List<FloatBuffer> buffers;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    /**
     * Takes memory for {@code pictures} pictures.
     *
     * @param pictureShape [C, H, W]
     * @param names        of the outputs
     * @param widths       of the outputs, in the order of their names
     */
    Lane(OrtEnvironment environment, int pictures, long[] pictureShape, List<String> names, int[] widths)
            throws OrtException {
        this(
                environment,
                pictures,
                pictureShape,
                names,
                widths,
                direct(pictures * pictureShape[0] * pictureShape[1] * pictureShape[2]),
                Arrays.stream(widths)
                        .mapToObj(width -> direct((long) pictures * width))
                        .toList());
    }

    private Lane(
            OrtEnvironment environment,
            int pictures,
            long[] pictureShape,
            List<String> names,
            int[] widths,
            FloatBuffer input,
            List<FloatBuffer> buffers)
            throws OrtException {
        this.environment = environment;
        this.pictures = pictures;
        this.pictureShape = pictureShape;
        this.names = names;
        this.widths = widths;
        this.input = input;
        this.buffers = buffers;
        long[] inputShape = {pictures, pictureShape[0], pictureShape[1], pictureShape[2]};
        this.inputs = Map.of(OnnxModel.INPUT, OnnxTensor.createTensor(environment, input, inputShape));
        for (int i = 0; i < names.size(); i++) {
            outputs.put(
                    names.get(i),
                    OnnxTensor.createTensor(environment, buffers.get(i), new long[] {pictures, widths[i]}));
        }
    }

    private static FloatBuffer direct(long count) {
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, Float.BYTES)))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Returns a lane for the first {@code pictures} pictures in the same memory; closing it leaves that memory alone. */
    Lane part(int pictures) throws OrtException {
        int pictureSize = Math.toIntExact(pictureShape[0] * pictureShape[1] * pictureShape[2]);
        List<FloatBuffer> parts = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) parts.add(buffers.get(i).slice(0, pictures * widths[i]));
        return new Lane(
                environment, pictures, pictureShape, names, widths, input.slice(0, pictures * pictureSize), parts);
    }

    /** Returns N. */
    int pictures() {
        return pictures;
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

    /** Returns what an output gave for one picture in the last run; a copy. Outputs count in the order of their names. */
    float[] output(int output, int picture) {
        float[] row = new float[widths[output]];
        buffers.get(output).get(picture * widths[output], row);
        return row;
    }

    /** Returns the number that the last output, of width 1, gave for one picture in the last run. */
    float last(int picture) {
        return buffers.get(buffers.size() - 1).get(picture);
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
