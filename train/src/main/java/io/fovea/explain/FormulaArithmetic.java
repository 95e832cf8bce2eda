package io.fovea.explain;

import java.util.List;
import java.util.Objects;

/**
 * How one value of a layer comes about that makes it of few others, by a formula: batch norm, activation, sum, product, what only moves values, and the like.
 *
 * @param layer   its name
 * @param kind    the word for it in a network file
 * @param channel of its maps, or which of its features, from 0
 * @param x       column in the map, from 0; 0 of a feature
 * @param y       row in the map, from 0; 0 of a feature
 * @param terms   the values that it is made of
 * @param formula with the numbers in it
 * @param result  by the formula
 * @param given   what the layer gave there
 */
public record FormulaArithmetic(
        String layer,
        String kind,
        int channel,
        int x,
        int y,
        List<Term> terms,
        String formula,
        double result,
        double given)
        implements ValueArithmetic {

    /** Checks and copies. */
    public FormulaArithmetic {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(kind, "kind");
        terms = List.copyOf(terms);
        Objects.requireNonNull(formula, "formula");
    }

    /**
     * A value that is read.
     *
     * @param layer   that gave it; {@code input} is the prepared picture
     * @param channel from 0
     * @param x       from 0
     * @param y       from 0
     * @param value   of it
     */
    public record Term(String layer, int channel, int x, int y, float value) {

        /** Checks that nothing is missing. */
        public Term {
            Objects.requireNonNull(layer, "layer");
        }
    }
}
