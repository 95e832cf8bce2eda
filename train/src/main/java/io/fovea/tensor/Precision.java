package io.fovea.tensor;

/** The number format of a network's products. Weights, loss and gradients are always kept in 32 bits. */
public enum Precision {
    /** bfloat16 where libtorch computes on a processor that has it and gets the network right by it, else 32 bits. */
    AUTOMATIC,
    /** 32-bit floating point. */
    FLOAT32,
    /** Products in bfloat16 where libtorch's autocast allows: about twice as fast on processors that have it. */
    BFLOAT16
}
