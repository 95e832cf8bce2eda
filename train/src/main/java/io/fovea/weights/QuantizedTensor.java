package io.fovea.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A tensor kept as small whole numbers, one byte or half a byte each, with a scale for every slice of one axis or for the whole.
 *
 * <p>Formula: w ≈ scale · q with q in −L … L; L = 2^(bits − 1) − 1 is 127 or 7, so that the range has no lopsided end and zero stays
 * exactly zero.
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, section 3 (symmetric weights); Krishnamoorthi 2018, arXiv:1806.08342, section 2.2
 * (a scale for each output channel).
 *
 * @param name   for example {@code conv1.weight}
 * @param shape  the axes; empty for a single number
 * @param bits   8 or 4
 * @param axis   the axis whose slices have a scale each, or {@link #WHOLE}
 * @param values in row-major order, each in −L … L
 * @param scales one for each slice of the axis, or a single one; above 0
 */
public record QuantizedTensor(String name, int[] shape, int bits, int axis, byte[] values, float[] scales) {

    /** The axis of a tensor that has one scale for all of it. */
    public static final int WHOLE = -1;

    /** Checks that the parts agree. The arrays are shared, not copied. */
    public QuantizedTensor {
        Objects.requireNonNull(name, "name");
        int largest = largest(name, bits);
        int slices = slices(name, shape, axis);
        int count = 1;
        for (int size : shape) count = Math.multiplyExact(count, size);
        if (count != values.length) {
            throw new IllegalArgumentException("\"" + name + "\" of shape " + Arrays.toString(shape) + " needs " + count
                    + " values, found " + values.length);
        }
        if (slices != scales.length) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" needs " + slices + " scales along axis " + axis + ", found " + scales.length);
        }
        for (float scale : scales) {
            if (!(scale > 0 && scale < Float.POSITIVE_INFINITY))
                throw new IllegalArgumentException("A scale of \"" + name + "\" must be above 0 and finite: " + scale);
        }
        for (byte value : values) {
            if (Math.abs(value) > largest)
                throw new IllegalArgumentException("\"" + name + "\" holds " + value + ", beyond ±" + largest);
        }
    }

    /** How a slice's scale is chosen. */
    public enum ScaleRule {
        /** max|w| / L: nothing is cut off. A slice of zeros has the scale 1. */
        LARGEST,
        /** Of scales from 0.4 to 1 times the one of {@link #LARGEST}, that with the smallest squared error; worth it at 4 bits. */
        LEAST_SQUARES
    }

    /**
     * Returns the tensor in whole numbers by {@link ScaleRule#LARGEST}; as {@link #quantize(NamedTensor, int, int, ScaleRule)}.
     *
     * @throws IllegalArgumentException likewise
     */
    public static QuantizedTensor quantize(NamedTensor tensor, int bits, int axis) {
        return quantize(tensor, bits, axis, ScaleRule.LARGEST);
    }

    /**
     * Returns the tensor in whole numbers: q = round(w / scale), halves to the even neighbour, cut off at ±L.
     *
     * @param bits 8 or 4
     * @param axis the axis whose slices get a scale each, or {@link #WHOLE}
     * @throws IllegalArgumentException if the tensor has not that axis, or holds a value that is not finite
     */
    public static QuantizedTensor quantize(NamedTensor tensor, int bits, int axis, ScaleRule rule) {
        int largest = largest(tensor.name(), bits);
        int slices = slices(tensor.name(), tensor.shape(), axis);
        int run = run(tensor.shape(), axis);
        float[] maxima = new float[slices];
        for (int i = 0; i < tensor.values().length; i++) {
            float value = tensor.values()[i];
            if (!Float.isFinite(value))
                throw new IllegalArgumentException("\"" + tensor.name() + "\" holds " + value + " at " + i);
            int slice = i / run % slices;
            maxima[slice] = Math.max(maxima[slice], Math.abs(value));
        }
        float[] scales = new float[slices];
        for (int s = 0; s < slices; s++) {
            float scale = maxima[s] / largest;
            scales[s] = scale >= Float.MIN_NORMAL ? scale : 1; // below, dividing by it would lose all precision
        }
        if (rule == ScaleRule.LEAST_SQUARES) shrink(tensor.values(), scales, run, largest);
        return quantize(tensor, bits, axis, scales);
    }

    /**
     * Returns the tensor in whole numbers by given scales; values beyond their reach are cut off.
     *
     * @throws IllegalArgumentException if the tensor has not that axis, or there are not as many scales as slices
     */
    public static QuantizedTensor quantize(NamedTensor tensor, int bits, int axis, float[] scales) {
        int largest = largest(tensor.name(), bits);
        int run = run(tensor.shape(), axis);
        if (scales.length != slices(tensor.name(), tensor.shape(), axis)) {
            throw new IllegalArgumentException("\"" + tensor.name() + "\" of shape " + Arrays.toString(tensor.shape())
                    + " does not need " + scales.length + " scales");
        }
        byte[] values = new byte[tensor.values().length];
        for (int i = 0; i < values.length; i++)
            values[i] = quantized(tensor.values()[i], scales[i / run % scales.length], largest);
        return new QuantizedTensor(tensor.name(), tensor.shape(), bits, axis, values, scales);
    }

    /** Tries thirteen scales for each slice and keeps the first with the smallest error. */
    private static void shrink(float[] values, float[] scales, int run, int largest) {
        float[] full = scales.clone();
        double[] least = new double[scales.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int step = 0; step <= 12; step++) {
            float factor = 1 - 0.05f * step;
            double[] errors = new double[scales.length];
            for (int i = 0; i < values.length; i++) {
                int slice = i / run % scales.length;
                float scale = full[slice] * factor;
                double error = values[i] - (double) scale * quantized(values[i], scale, largest);
                errors[slice] += error * error;
            }
            for (int s = 0; s < scales.length; s++) {
                if (errors[s] >= least[s]) continue;
                least[s] = errors[s];
                scales[s] = full[s] * factor;
            }
        }
    }

    private static byte quantized(float value, float scale, int largest) {
        return (byte) Math.clamp((long) Math.rint((double) value / scale), -largest, largest);
    }

    /** Returns the floats that stand for it: scale · q, rounded once, as ONNX's Mul and DequantizeLinear give them. */
    public NamedTensor dequantized() {
        int run = run(shape, axis);
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = scales[i / run % scales.length] * values[i];
        return new NamedTensor(name, shape, floats);
    }

    /** Returns the bytes it needs: the numbers, two to a byte at 4 bits, and four bytes for each scale. */
    public long sizeInBytes() {
        return ((long) values.length * bits + 7) / 8 + 4L * scales.length;
    }

    /**
     * Returns weights in which the floats that stand for the quantised tensors have taken the place of the tensors of the same names.
     *
     * @throws IllegalArgumentException if two have one name, or the weights hold no tensor of that name and shape
     */
    public static Weights into(Weights weights, Collection<QuantizedTensor> quantized) {
        if (quantized.isEmpty()) return weights;
        Map<String, QuantizedTensor> byName = new HashMap<>();
        for (QuantizedTensor tensor : quantized) {
            if (byName.put(tensor.name(), tensor) != null)
                throw new IllegalArgumentException("Two quantised tensors are named \"" + tensor.name() + "\"");
            boolean fits = weights.tensor(tensor.name())
                    .filter(each -> Arrays.equals(each.shape(), tensor.shape()))
                    .isPresent();
            if (!fits) {
                throw new IllegalArgumentException("The weights hold no tensor \"" + tensor.name() + "\" of shape "
                        + Arrays.toString(tensor.shape()));
            }
        }
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor tensor : weights.tensors()) {
            QuantizedTensor small = byName.get(tensor.name());
            tensors.add(small == null ? tensor : small.dequantized());
        }
        return new Weights(tensors);
    }

    private static int largest(String name, int bits) {
        if (bits != 8 && bits != 4)
            throw new IllegalArgumentException("\"" + name + "\": bits must be 8 or 4, not " + bits);
        return (1 << (bits - 1)) - 1;
    }

    private static int slices(String name, int[] shape, int axis) {
        if (axis == WHOLE) return 1;
        if (axis < 0 || axis >= shape.length)
            throw new IllegalArgumentException(
                    "\"" + name + "\" of shape " + Arrays.toString(shape) + " has no axis " + axis);
        return shape[axis];
    }

    /** Returns how many values in a row belong to one slice. */
    private static int run(int[] shape, int axis) {
        int run = 1;
        for (int i = axis + 1; i < shape.length; i++) run *= shape[i];
        return Math.max(1, run);
    }
}
