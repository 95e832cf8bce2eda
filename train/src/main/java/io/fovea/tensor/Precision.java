package io.fovea.tensor;

/** The number format of a network's products. Weights, loss and gradients are always kept in 32 bits. */
public enum Precision {
    /** 32-bit floating point. */
    FLOAT32,
    /** Products in bfloat16 where libtorch's autocast allows: about twice as fast on processors that have it. */
    BFLOAT16;

    /** Returns bfloat16 where the processor has it, else 32 bits. */
    public static Precision best(Processor processor) {
        return processor.hasBfloat16() ? BFLOAT16 : FLOAT32;
    }
}
