package io.fovea.task;

import java.util.List;
import java.util.Objects;

/**
 * An output of the network by its name in {@code model.onnx}. A program asks for those it wants and pays for no other.
 *
 * @param name    in the ONNX file, for example {@code logits}
 * @param type    of its numbers
 * @param shape   for one picture; the batch axis N comes before it
 * @param meaning for people
 */
public record ModelOutput(String name, Type type, List<Integer> shape, String meaning) {

    /** The kind of an output's numbers. */
    public enum Type {
        /** IEEE 754 in 32 bits. */
        FLOAT32,
        /** Whole numbers of 64 bits. */
        INT64
    }

    /** Before softmax, [N, K]; of every classifier, and of every segmentation as maps [N, K, H, W]. */
    public static final String LOGITS = "logits";
    /** After softmax; beside logits, of the same shape. */
    public static final String PROBABILITIES = "probabilities";
    /** Of every regression, [N, T], in network units. */
    public static final String VALUES = "values";
    /** Of every reconstruction, [N, C, H, W], 0 … 1. */
    public static final String PIXELS = "pixels";
    /** What the last layer with weights reads, [N, D]. */
    public static final String FEATURES = "features";
    /** What neighbours are searched by, [N, D]; of a model that decides by neighbours, in place of features. */
    public static final String CODES = "codes";

    /** The square of how far a picture is from those that the model learned from, [N, 1]; see the manifest's {@code familiarity}. */
    public static final String UNFAMILIARITY = "unfamiliarity";

    /** Checks and copies. */
    public ModelOutput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(meaning, "meaning");
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("Output \"" + name + "\" needs a shape of sizes from 1, found " + shape);
        }
    }

    /** Returns an output of floats with one axis beside N. */
    public static ModelOutput floats(String name, int width, String meaning) {
        return floats(name, List.of(width), meaning);
    }

    /** Returns an output of floats. */
    public static ModelOutput floats(String name, List<Integer> shape, String meaning) {
        return new ModelOutput(name, Type.FLOAT32, shape, meaning);
    }

    /** Returns how many numbers it has for one picture. */
    public int count() {
        return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }

    /** Returns the shape of N pictures for people: {@code [N, 10]}. */
    static String batch(List<Integer> shape) {
        return "[N, " + shape.toString().substring(1);
    }
}
