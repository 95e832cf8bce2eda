package io.fovea.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.fovea.task.ModelOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Native memory for one run at a time: input [N, C, H, W] and outputs of floats, each of its own shape, for example logits [N, K] or maps
 * [N, K, H, W].
 *
 * <p>ONNX Runtime reads and writes these buffers directly, so that a prediction allocates nothing outside the Java heap. Not for
 * two threads at once.
 */
final class Lane implements AutoCloseable {

    private final OrtEnvironment environment;
    private final int pictures;
    private final long[] pictureShape;
    private final List<ModelOutput> wanted;
    private final int[] widths; // numbers of each output for one picture
    private final FloatBuffer input;
    private final List<FloatBuffer> buffers;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    /**
     * Takes memory for {@code pictures} pictures.
     *
     * @param pictureShape [C, H, W]
     * @param wanted       outputs, all of floats
     */
    Lane(OrtEnvironment environment, int pictures, long[] pictureShape, List<ModelOutput> wanted) throws OrtException {
        this(
                environment,
                pictures,
                pictureShape,
                wanted,
                direct(pictures * pictureShape[0] * pictureShape[1] * pictureShape[2]),
                wanted.stream()
                        .map(output -> direct((long) pictures * output.count()))
                        .toList());
    }

    private Lane(
            OrtEnvironment environment,
            int pictures,
            long[] pictureShape,
            List<ModelOutput> wanted,
            FloatBuffer input,
            List<FloatBuffer> buffers)
            throws OrtException {
        this.environment = environment;
        this.pictures = pictures;
        this.pictureShape = pictureShape;
        this.wanted = wanted;
        this.widths = wanted.stream().mapToInt(ModelOutput::count).toArray();
        this.input = input;
        this.buffers = buffers;
        long[] inputShape = {pictures, pictureShape[0], pictureShape[1], pictureShape[2]};
        this.inputs = Map.of(OnnxModel.INPUT, OnnxTensor.createTensor(environment, input, inputShape));
        for (int i = 0; i < widths.length; i++) {
            ModelOutput output = wanted.get(i);
            outputs.put(output.name(), OnnxTensor.createTensor(environment, buffers.get(i), shape(pictures, output)));
        }
    }

    /** Returns the shape of an output for so many pictures. */
    static long[] shape(int pictures, ModelOutput output) {
        long[] shape = new long[output.shape().size() + 1];
        shape[0] = pictures;
        for (int i = 1; i < shape.length; i++) shape[i] = output.shape().get(i - 1);
        return shape;
    }

    private static FloatBuffer direct(long count) {
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(count, Float.BYTES)))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Returns a lane for the first {@code count} pictures in the same memory; closing it leaves that memory alone. */
    Lane part(int count) throws OrtException {
        int pictureSize = Math.toIntExact(pictureShape[0] * pictureShape[1] * pictureShape[2]);
        List<FloatBuffer> parts = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) parts.add(buffers.get(i).slice(0, count * widths[i]));
        return new Lane(environment, count, pictureShape, wanted, input.slice(0, count * pictureSize), parts);
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

    /** Returns what an output gave for one picture in the last run; a copy. Outputs count in the order in which they are wanted. */
    float[] output(int output, int picture) {
        float[] row = new float[widths[output]];
        buffers.get(output).get(picture * widths[output], row);
        return row;
    }

    /** Returns one number of what an output gave for one picture in the last run. */
    float number(int output, int picture, int position) {
        return buffers.get(output).get(picture * widths[output] + position);
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
