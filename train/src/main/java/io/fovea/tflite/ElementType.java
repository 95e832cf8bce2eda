package io.fovea.tflite;

/** What a tensor's numbers are, with the number that stands for it in a file. */
enum ElementType {
    FLOAT32(0),
    INT32(2),
    INT8(9);

    private final int code;

    ElementType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
