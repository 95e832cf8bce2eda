package io.fovea.explain;

import io.fovea.network.ActivationFunction;

/** Activation functions of one value, as {@link ActivationFunction} defines them. */
final class ActivationValue {

    private static final double LEAK = 0.01;

    private ActivationValue() {}

    /** Returns f(x); of GELU to within 2e-7. */
    static double of(ActivationFunction function, double x) {
        return switch (function) {
            case RELU -> Math.max(0, x);
            case RELU6 -> Math.clamp(x, 0, 6);
            case LEAKY_RELU -> x >= 0 ? x : LEAK * x;
            case ELU -> x >= 0 ? x : Math.expm1(x);
            case SIGMOID -> sigmoid(x);
            case TANH -> Math.tanh(x);
            case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
            case SILU -> x * sigmoid(x);
            case SOFTPLUS -> Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
        };
    }

    /** Returns the function for people, of a value. */
    static String words(ActivationFunction function, String value) {
        return switch (function) {
            case RELU -> "max(0, " + value + ")";
            case RELU6 -> "min(max(0, " + value + "), 6)";
            case LEAKY_RELU -> value + " if it is 0 or above, else 0.01 · " + value;
            case ELU -> value + " if it is 0 or above, else exp(" + value + ") − 1";
            case SIGMOID -> "1 / (1 + exp(−(" + value + ")))";
            case TANH -> "tanh(" + value + ")";
            case GELU -> value + " · Φ(" + value + ")";
            case SILU -> value + " / (1 + exp(−(" + value + ")))";
            case SOFTPLUS -> "ln(1 + exp(" + value + "))";
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Source: Abramowitz and Stegun 1964, 7.1.26; the error is at most 1.5e-7. */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.copySign(1 - sum * Math.exp(-x * x), x);
    }
}
