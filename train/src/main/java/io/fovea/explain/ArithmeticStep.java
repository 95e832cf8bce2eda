package io.fovea.explain;

import java.util.Objects;

/**
 * What a layer makes of the value before, and of no other.
 *
 * @param layer   its name
 * @param kind    the word for it in a network file
 * @param formula with the numbers in it
 * @param result  by the formula
 * @param given   what the layer gave there
 */
public record ArithmeticStep(String layer, String kind, String formula, double result, double given) {

    /** Checks that nothing is missing. */
    public ArithmeticStep {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(formula, "formula");
    }
}
