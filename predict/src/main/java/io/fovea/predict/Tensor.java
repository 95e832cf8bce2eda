package io.fovea.predict;

import io.fovea.task.ModelOutput;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Numbers with a shape: what goes into a model and what comes out. Immutable; threads may share it.
 *
 * <p>Numbers lie in reading order, the last axis fastest. The first axis is N, the pictures of a batch.
 */
public final class Tensor {

    private final int[] shape;
    private final ModelOutput.Type type;
    private final float[] floats; // empty of whole numbers
    private final long[] integers; // empty of floats

    private Tensor(int[] shape, ModelOutput.Type type, float[] floats, long[] integers) {
        this.shape = shape;
        this.type = type;
        this.floats = floats;
        this.integers = integers;
        long count = 1;
        if (shape.length == 0) throw new IllegalArgumentException("A tensor needs at least one axis");
        for (int size : shape) {
            if (size < 1) throw wrongShape("every size must be at least 1");
            count = Math.multiplyExact(count, size);
        }
        if (count != size()) throw wrongShape("that takes " + count + " values, found " + size());
    }

    private IllegalArgumentException wrongShape(String why) {
        return new IllegalArgumentException("A tensor of shape " + Arrays.toString(shape) + ": " + why);
    }

    /**
     * Returns a tensor of floats; copies.
     *
     * @throws IllegalArgumentException if a size is below 1, or the number of values is not that of the shape
     */
    public static Tensor floats(int[] shape, float[] values) {
        return ofFloats(shape.clone(), values.clone());
    }

    /**
     * Returns a tensor of whole numbers; copies.
     *
     * @throws IllegalArgumentException if a size is below 1, or the number of values is not that of the shape
     */
    public static Tensor integers(int[] shape, long[] values) {
        return ofIntegers(shape.clone(), values.clone());
    }

    /** As {@link #floats(int[], float[])}; the arrays are handed over and no longer written to. */
    static Tensor ofFloats(int[] shape, float[] values) {
        return new Tensor(shape, ModelOutput.Type.FLOAT32, values, new long[0]);
    }

    /** As {@link #integers(int[], long[])}; the arrays are handed over and no longer written to. */
    static Tensor ofIntegers(int[] shape, long[] values) {
        return new Tensor(shape, ModelOutput.Type.INT64, new float[0], values);
    }

    /**
     * Returns tensors one after the other along their first axis: pictures [1, C, H, W] become a batch [N, C, H, W].
     *
     * @throws IllegalArgumentException if there is none, or they differ in type or in another axis
     */
    public static Tensor batch(List<Tensor> parts) {
        if (parts.isEmpty()) throw new IllegalArgumentException("A batch needs at least one tensor");
        Tensor like = parts.get(0);
        int[] shape = like.shape.clone();
        shape[0] = 0;
        for (Tensor part : parts) {
            if (part.type != like.type || !Arrays.equals(part.shape, 1, part.rank(), like.shape, 1, like.rank())) {
                throw new IllegalArgumentException("A batch holds " + like + ", so it cannot hold " + part);
            }
            shape[0] = Math.addExact(shape[0], part.shape[0]);
        }
        boolean whole = like.type == ModelOutput.Type.INT64;
        int count = Math.multiplyExact(shape[0], like.size() / like.shape[0]);
        float[] floats = new float[whole ? 0 : count];
        long[] integers = new long[whole ? count : 0];
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.floats, 0, floats, whole ? 0 : at, part.floats.length);
            System.arraycopy(part.integers, 0, integers, whole ? at : 0, part.integers.length);
            at += part.size();
        }
        return new Tensor(shape, like.type, floats, integers);
    }

    /**
     * Returns one picture of a batch, [1, …]; a copy.
     *
     * @throws IllegalArgumentException if there is none of that position
     */
    public Tensor picture(int position) {
        return pictures(position, 1);
    }

    /**
     * Returns pictures of a batch, [count, …]; a copy.
     *
     * @throws IllegalArgumentException if there are not so many from that position on, or none is wanted
     */
    public Tensor pictures(int first, int count) {
        if (first < 0 || count < 1 || count > shape[0] - first) {
            throw new IllegalArgumentException(
                    "Expected some of " + shape[0] + " pictures, found " + count + " from " + first + " on");
        }
        int[] part = shape.clone();
        part[0] = count;
        int each = size() / shape[0];
        int from = first * each;
        int to = from + count * each;
        return type == ModelOutput.Type.FLOAT32
                ? ofFloats(part, Arrays.copyOfRange(floats, from, to))
                : ofIntegers(part, Arrays.copyOfRange(integers, from, to));
    }

    /** Returns what its numbers are. */
    public ModelOutput.Type type() {
        return type;
    }

    /** Returns the size of every axis; a copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the size of one axis. */
    public int size(int axis) {
        return shape[axis];
    }

    /** Returns how many axes there are. */
    public int rank() {
        return shape.length;
    }

    /** Returns how many numbers there are. */
    public int size() {
        return type == ModelOutput.Type.FLOAT32 ? floats.length : integers.length;
    }

    /**
     * Returns the numbers; a copy.
     *
     * @throws IllegalStateException if they are whole numbers
     */
    public float[] floats() {
        need(ModelOutput.Type.FLOAT32);
        return floats.clone();
    }

    /**
     * Returns the numbers; a copy.
     *
     * @throws IllegalStateException if they are floats
     */
    public long[] integers() {
        need(ModelOutput.Type.INT64);
        return integers.clone();
    }

    /**
     * Returns the numbers without copying them; nothing can be written through the buffer.
     *
     * @throws IllegalStateException if they are whole numbers
     */
    public FloatBuffer floatBuffer() {
        need(ModelOutput.Type.FLOAT32);
        return FloatBuffer.wrap(floats).asReadOnlyBuffer();
    }

    /**
     * Returns the numbers without copying them; nothing can be written through the buffer.
     *
     * @throws IllegalStateException if they are floats
     */
    public LongBuffer longBuffer() {
        need(ModelOutput.Type.INT64);
        return LongBuffer.wrap(integers).asReadOnlyBuffer();
    }

    private void need(ModelOutput.Type wanted) {
        if (type != wanted) throw new IllegalStateException("Expected a tensor of " + wanted + ", this is " + this);
    }

    /** Writes the pictures from {@code first} on, {@code count} of them, into a buffer from its beginning. */
    void put(FloatBuffer to, int first, int count) {
        int each = floats.length / shape[0];
        to.put(0, floats, first * each, count * each);
    }

    /** Returns whether type, shape and all numbers are the same, floats by their bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && type == tensor.type
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(floats, tensor.floats)
                && Arrays.equals(integers, tensor.integers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, Arrays.hashCode(shape), Arrays.hashCode(floats), Arrays.hashCode(integers));
    }

    /** Returns type and shape, for example {@code FLOAT32 [1, 3, 224, 224]}. */
    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
