package io.fovea.search;

import java.nio.ByteBuffer;

/**
 * Brings back what a {@link StateWriter} has stored.
 *
 * <p>Throws {@link java.nio.BufferUnderflowException} where less is stored than is asked for.
 */
final class StateReader implements StateTape {

    private final ByteBuffer buffer;

    StateReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes);
    }

    @Override
    public double number(double value) {
        return buffer.getDouble();
    }

    @Override
    public long count(long value) {
        return buffer.getLong();
    }

    @Override
    public void numbers(double[] values) {
        buffer.asDoubleBuffer().get(values);
        buffer.position(buffer.position() + values.length * Double.BYTES);
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }
}
