package io.fovea.wire;

/** What the elements of a tensor are, by the names of the Open Inference Protocol. */
public enum Datatype {
    /** Whole numbers 0 to 255. */
    UINT8(1),
    /** Whole numbers of 64 bits. */
    INT64(8),
    /** IEEE 754 in 32 bits. */
    FP32(4),
    /** IEEE 754 in 64 bits. */
    FP64(8),
    /** Bytes of any number: a file, or a text in UTF-8. */
    BYTES(0);

    private final int size;

    Datatype(int size) {
        this.size = size;
    }

    /** Returns the bytes of one element; 0 where they differ. */
    public int size() {
        return size;
    }
}
