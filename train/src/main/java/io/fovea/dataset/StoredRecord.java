package io.fovea.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The layout of one picture in the store: label (int), picture hash (32 bytes), length of the source's name (int), the
 * name (UTF-8), then the picture to the end of the record. Numbers are big-endian.
 *
 * <p>The split is the database that the record lies in; the key is the picture's position there, a big-endian int.
 */
final class StoredRecord {

    static final int KEY_BYTES = Integer.BYTES;
    static final int HASH_BYTES = 32;

    private static final int LABEL_AT = 0;
    private static final int HASH_AT = LABEL_AT + Integer.BYTES;
    private static final int SOURCE_LENGTH_AT = HASH_AT + HASH_BYTES;
    private static final int SOURCE_AT = SOURCE_LENGTH_AT + Integer.BYTES;

    private StoredRecord() {}

    static ByteBuffer keyBuffer() {
        return ByteBuffer.allocateDirect(KEY_BYTES).order(ByteOrder.BIG_ENDIAN);
    }

    static int sizeInBytes(byte[] source, byte[] picture) {
        return SOURCE_AT + source.length + picture.length;
    }

    static void write(ByteBuffer record, int label, byte[] hash, byte[] source, byte[] picture) {
        record.order(ByteOrder.BIG_ENDIAN)
                .putInt(label)
                .put(hash)
                .putInt(source.length)
                .put(source)
                .put(picture)
                .flip();
    }

    static byte[] hash(ByteBuffer record) {
        byte[] hash = new byte[HASH_BYTES];
        record.get(HASH_AT, hash);
        return hash;
    }

    static String source(ByteBuffer record) {
        byte[] name = new byte[sourceLength(record)];
        record.get(SOURCE_AT, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Returns where the picture begins in the record. */
    static int pictureAt(ByteBuffer record) {
        return SOURCE_AT + sourceLength(record);
    }

    private static int sourceLength(ByteBuffer record) {
        return record.order(ByteOrder.BIG_ENDIAN).getInt(SOURCE_LENGTH_AT);
    }
}
