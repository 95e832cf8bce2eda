package io.fovea.tflite;

/** The operators that files hold, with the numbers that stand for them and for the table of their options; 0 where all options are usual. */
enum Operator {
    ADD(0, 11),
    AVERAGE_POOL_2D(1, 5),
    CONCATENATION(2, 10),
    CONV_2D(3, 1),
    DEPTHWISE_CONV_2D(4, 2),
    DEQUANTIZE(6, 0),
    FULLY_CONNECTED(9, 8),
    LOCAL_RESPONSE_NORMALIZATION(13, 13),
    LOGISTIC(14, 0),
    MAX_POOL_2D(17, 5),
    MUL(18, 21),
    RELU(19, 0),
    RELU6(21, 0),
    RESHAPE(22, 0),
    RESIZE_BILINEAR(23, 15),
    SOFTMAX(25, 9),
    TANH(28, 0),
    PAD(34, 0),
    TRANSPOSE(39, 0),
    MEAN(40, 27),
    STRIDED_SLICE(45, 32),
    EXP(47, 0),
    NEG(59, 0),
    PADV2(60, 0),
    LOG(73, 0),
    RESIZE_NEAREST_NEIGHBOR(97, 74),
    LEAKY_RELU(98, 75),
    ABS(101, 0),
    ELU(111, 0),
    QUANTIZE(114, 0),
    BATCH_MATMUL(126, 101),
    GELU(150, 0);

    private final int code;
    private final int optionsTable;

    Operator(int code, int optionsTable) {
        this.code = code;
        this.optionsTable = optionsTable;
    }

    int code() {
        return code;
    }

    int optionsTable() {
        return optionsTable;
    }
}
