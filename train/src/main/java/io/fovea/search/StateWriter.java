package io.fovea.search;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Stores what passes by: eight bytes each, highest first. */
final class StateWriter implements StateTape {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    public double number(double value) {
        count(Double.doubleToRawLongBits(value));
        return value;
    }

    @Override
    public long count(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return value;
    }

    @Override
    public void numbers(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
        buffer.asDoubleBuffer().put(values);
        out.writeBytes(buffer.array());
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
