package io.fovea.weights;

/** How many bits of a number a file of weights keeps. */
public enum WeightPrecision {

    /** All 32. */
    FP32,

    /**
     * Of matrices and kernels the nearest numbers of 16 bits (binary16 of IEEE 754), 11 bits of which are precise. Vectors, which are small,
     * and tensors with a number beyond 65,504, the largest of these, keep 32.
     */
    FP16;

    private static final float LARGEST_HALF = 65_504;

    /** Whether a tensor is kept in 16 bits. */
    public boolean halves(NamedTensor tensor) {
        if (this == FP32 || tensor.shape().length < 2) return false;
        for (float value : tensor.values()) if (!(Math.abs(value) <= LARGEST_HALF)) return false;
        return true;
    }

    /** Returns the type that a tensor is kept as. */
    StoredType type(NamedTensor tensor) {
        return halves(tensor) ? StoredType.F16 : StoredType.F32;
    }
}
