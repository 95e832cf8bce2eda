package io.fovea.onnx;

/** The ONNX version that a file asks of its runtime: the oldest that can say all of it. */
public enum OperatorSet {
    /** For everything but weights of four bits. */
    USUAL(17, 8),
    /** The first that has numbers of four bits. */
    FOUR_BITS(21, 10);

    private final int version;
    private final int intermediateRepresentation;

    OperatorSet(int version, int intermediateRepresentation) {
        this.version = version;
        this.intermediateRepresentation = intermediateRepresentation;
    }

    public int version() {
        return version;
    }

    public int intermediateRepresentation() {
        return intermediateRepresentation;
    }
}
