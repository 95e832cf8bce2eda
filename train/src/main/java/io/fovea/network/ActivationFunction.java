package io.fovea.network;

/** The functions that an activation layer can apply; formulas for one value x. */
public enum ActivationFunction {
    /** max(0, x). */
    RELU,
    /** min(max(0, x), 6). */
    RELU6,
    /** x for x ≥ 0, else 0.01·x. */
    LEAKY_RELU,
    /** x for x ≥ 0, else exp(x) − 1. */
    ELU,
    /** 1 / (1 + exp(−x)). */
    SIGMOID,
    /** tanh(x). */
    TANH,
    /** x·Φ(x) with the normal distribution function Φ, exact (erf) form. */
    GELU,
    /** x · sigmoid(x), also called swish. */
    SILU,
    /** ln(1 + exp(x)). */
    SOFTPLUS
}
