package io.fovea.module;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * All that a module needs to go on learning as if it had never stopped, flat.
 *
 * @param parameters [P], in the order of {@link ParameterVector}
 * @param buffers    what layers keep beside their parameters, in the same order
 * @param steps      how many steps were taken
 * @param memory     what the optimizer remembers, arrays of [P']; none if the module does not learn
 * @param average    mean parameters [P'] and mean buffers; none if no mean is kept
 */
public record Snapshot(float[] parameters, float[] buffers, long steps, List<float[]> memory, List<float[]> average) {

    /** Copies the lists. */
    public Snapshot {
        memory = List.copyOf(memory);
        average = List.copyOf(average);
    }

    /** Returns a number that is the same for the same bits, and most likely another for others. */
    public long checksum() {
        CRC32C sum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        add(parameters, bytes, sum);
        add(buffers, bytes, sum);
        memory.forEach(array -> add(array, bytes, sum));
        average.forEach(array -> add(array, bytes, sum));
        return sum.getValue();
    }

    private static void add(float[] values, ByteBuffer bytes, CRC32C sum) {
        for (int from = 0; from < values.length; from += bytes.capacity() / Float.BYTES) {
            int length = Math.min(bytes.capacity() / Float.BYTES, values.length - from);
            bytes.asFloatBuffer().put(values, from, length);
            sum.update(bytes.array(), 0, length * Float.BYTES);
        }
    }

    /** Returns one with arrays of its own. */
    Snapshot copy() {
        return new Snapshot(parameters.clone(), buffers.clone(), steps, clones(memory), clones(average));
    }

    private static List<float[]> clones(List<float[]> arrays) {
        return arrays.stream().map(float[]::clone).toList();
    }

    /**
     * Returns what was learned since an earlier snapshot.
     *
     * @throws IllegalArgumentException if that is of another network
     */
    public Change since(Snapshot earlier) {
        return new Change(
                difference(parameters, earlier.parameters),
                difference(buffers, earlier.buffers),
                steps - earlier.steps);
    }

    static float[] difference(float[] later, float[] earlier) {
        if (later.length != earlier.length) {
            throw new IllegalArgumentException(
                    "Expected a snapshot of " + later.length + " numbers, found " + earlier.length);
        }
        float[] difference = new float[later.length];
        for (int i = 0; i < difference.length; i++) difference[i] = later[i] - earlier[i];
        return difference;
    }

    /**
     * What learning changed: for machines that learn from parts of the data and add each other's share. As numbers are rounded, earlier +
     * (later − earlier) is later but for the last bit.
     *
     * @param parameters [P]
     * @param buffers    beside them
     * @param steps      how many steps it took
     */
    public record Change(float[] parameters, float[] buffers, long steps) {

        /** Returns a part of the change, as for the mean of several machines'; the steps stay as they are. */
        public Change times(float factor) {
            return new Change(scaled(parameters, factor), scaled(buffers, factor), steps);
        }

        private static float[] scaled(float[] values, float factor) {
            float[] scaled = values.clone();
            for (int i = 0; i < scaled.length; i++) scaled[i] *= factor;
            return scaled;
        }
    }
}
