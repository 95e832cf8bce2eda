package io.fovea.weights;

import java.nio.ByteBuffer;

/** The number types of files that become floats; the names are those of safetensors. */
enum StoredType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int sizeInBytes;

    StoredType(int sizeInBytes) {
        this.sizeInBytes = sizeInBytes;
    }

    int sizeInBytes() {
        return sizeInBytes;
    }

    /**
     * Writes floats, in the order of bytes that the buffer has.
     *
     * @throws IllegalArgumentException if this is neither F32 nor F16
     */
    void narrow(float[] values, ByteBuffer bytes) {
        for (float value : values) {
            switch (this) {
                case F32 -> bytes.putFloat(value);
                case F16 -> bytes.putShort(Float.floatToFloat16(value));
                default -> throw new IllegalArgumentException("Weights are not written as " + this);
            }
        }
    }

    /** Reads {@code values.length} numbers from {@code bytes}, in the order of bytes that the buffer has. */
    void widen(ByteBuffer bytes, float[] values) {
        switch (this) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F64 -> fill(values, i -> (float) bytes.getDouble(8 * i));
            case F16 -> fill(values, i -> Float.float16ToFloat(bytes.getShort(2 * i)));
            // The upper half of a float's bits.
            case BF16 -> fill(values, i -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16));
            case I64 -> fill(values, i -> bytes.getLong(8 * i));
            case I32 -> fill(values, i -> bytes.getInt(4 * i));
            case I16 -> fill(values, i -> bytes.getShort(2 * i));
            case I8 -> fill(values, bytes::get);
            case U64 -> fill(values, i -> unsigned(bytes.getLong(8 * i)));
            case U32 -> fill(values, i -> Integer.toUnsignedLong(bytes.getInt(4 * i)));
            case U16 -> fill(values, i -> Short.toUnsignedInt(bytes.getShort(2 * i)));
            case U8 -> fill(values, i -> Byte.toUnsignedInt(bytes.get(i)));
            case BOOL -> fill(values, i -> bytes.get(i) == 0 ? 0 : 1);
        }
    }

    /** Halves what is too large for a signed number; the bit that falls out is kept, so that rounding stays the same. */
    private static float unsigned(long value) {
        return value >= 0 ? value : 2f * (value >>> 1 | value & 1);
    }

    private interface Element {
        float at(int index);
    }

    private static void fill(float[] values, Element element) {
        for (int i = 0; i < values.length; i++) values[i] = element.at(i);
    }
}
