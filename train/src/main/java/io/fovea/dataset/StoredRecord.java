package io.fovea.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The layout of one picture in the store: label (int), picture hash (32 bytes), length of the source's name (int), the
 * name (UTF-8), then the picture to the end of the record. Numbers are big-endian.
 *
 * <p>In a dataset of masks, between name and picture: the mask's hash (32 bytes), its length (int), the mask.
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
    private static final int MASK_HEAD = HASH_BYTES + Integer.BYTES;

    private StoredRecord() {}

    static ByteBuffer keyBuffer() {
        return ByteBuffer.allocateDirect(KEY_BYTES).order(ByteOrder.BIG_ENDIAN);
    }

    static int sizeInBytes(byte[] source, StoredMask mask, byte[] picture) {
        return SOURCE_AT + source.length + (mask.isEmpty() ? 0 : MASK_HEAD + mask.stored().length) + picture.length;
    }

    static void write(ByteBuffer record, int label, byte[] hash, byte[] source, StoredMask mask, byte[] picture) {
        record.order(ByteOrder.BIG_ENDIAN)
                .putInt(label)
                .put(hash)
                .putInt(source.length)
                .put(source);
        if (!mask.isEmpty())
            record.put(mask.hash()).putInt(mask.stored().length).put(mask.stored());
        record.put(picture).flip();
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

    /** Returns where the picture begins in a record without a mask. */
    static int pictureAt(ByteBuffer record) {
        return SOURCE_AT + sourceLength(record);
    }

    /** Returns where the picture begins in a record with a mask. */
    static int pictureAfterMaskAt(ByteBuffer record) {
        return maskAt(record) + maskLength(record);
    }

    /** Returns where the mask begins in a record that has one. */
    static int maskAt(ByteBuffer record) {
        return pictureAt(record) + MASK_HEAD;
    }

    static int maskLength(ByteBuffer record) {
        return record.order(ByteOrder.BIG_ENDIAN).getInt(pictureAt(record) + HASH_BYTES);
    }

    static byte[] maskHash(ByteBuffer record) {
        byte[] hash = new byte[HASH_BYTES];
        record.get(pictureAt(record), hash);
        return hash;
    }

    private static int sourceLength(ByteBuffer record) {
        return record.order(ByteOrder.BIG_ENDIAN).getInt(SOURCE_LENGTH_AT);
    }
}
