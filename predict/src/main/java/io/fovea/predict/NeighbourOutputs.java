package io.fovea.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fovea.task.ModelOutput;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a network that decides by neighbours gave for the pictures of one run, copied out of native memory. */
final class NeighbourOutputs {

    private static final String CODES = "codes";
    private static final String NEIGHBOURS = "neighbours";
    private static final String NEIGHBOUR_LABELS = "neighbour_labels";
    private static final String DISTANCES = "distances";

    /** The outputs that such a network has beside those of every classifier. */
    static final List<String> OUTPUTS = List.of(CODES, NEIGHBOURS, NEIGHBOUR_LABELS, DISTANCES);

    private final int pictures;
    private final float[] logits; // [N, K]
    private final float[] probabilities; // [N, K]
    private final float[] codes; // [N, D]
    private final long[] neighbours; // [N, k]
    private final long[] labels; // [N, k]
    private final float[] distances; // [N, k], squared
    private final Optional<float[]> unfamiliarity; // [N]

    NeighbourOutputs(int pictures, OrtSession.Result result) throws OrtException {
        this.pictures = pictures;
        logits = floats(result, "logits");
        probabilities = floats(result, "probabilities");
        codes = floats(result, CODES);
        neighbours = integers(result, NEIGHBOURS);
        labels = integers(result, NEIGHBOUR_LABELS);
        distances = floats(result, DISTANCES);
        boolean tells = result.get(ModelOutput.UNFAMILIARITY).isPresent();
        unfamiliarity = tells ? Optional.of(floats(result, ModelOutput.UNFAMILIARITY)) : Optional.empty();
    }

    private static float[] floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static long[] integers(OrtSession.Result result, String name) {
        LongBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getLongBuffer();
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    float[] logits(int picture) {
        return row(logits, picture);
    }

    float[] probabilities(int picture) {
        return row(probabilities, picture);
    }

    float[] code(int picture) {
        return row(codes, picture);
    }

    /** Returns k. */
    int ranks() {
        return neighbours.length / pictures;
    }

    int neighbour(int picture, int rank) {
        return Math.toIntExact(neighbours[picture * ranks() + rank]);
    }

    int label(int picture, int rank) {
        return Math.toIntExact(labels[picture * ranks() + rank]);
    }

    double squaredDistance(int picture, int rank) {
        return distances[picture * ranks() + rank];
    }

    /** Returns the square of how far a picture is from those that the model learned from, if the network tells. */
    Optional<Float> unfamiliarity(int picture) {
        return unfamiliarity.map(all -> all[picture]);
    }

    private float[] row(float[] values, int picture) {
        int width = values.length / pictures;
        return Arrays.copyOfRange(values, picture * width, (picture + 1) * width);
    }
}
