package io.fovea.explain;

import java.util.List;
import java.util.Objects;

/**
 * How one value of a dense layer comes about: every feature that is read times its weight, summed, with the bias, and what an activation makes of it.
 *
 * @param layer   the dense layer
 * @param reads   the layer before it
 * @param channel which of its outputs, from 0
 * @param x       0
 * @param y       0
 * @param features how many features it reads
 * @param terms   those whose products are furthest from 0, the furthest first, {@value #MOST_TERMS} at most
 * @param rest    the sum of all other products
 * @param bias    added once; 0 where the layer has none
 * @param sum     of all products and the bias
 * @param given   what the layer gave
 * @param steps   what follows value by value
 */
public record DenseArithmetic(
        String layer,
        String reads,
        int channel,
        int x,
        int y,
        int features,
        List<Term> terms,
        double rest,
        double bias,
        double sum,
        double given,
        List<ArithmeticStep> steps)
        implements ValueArithmetic {

    /** More than a reader looks through. */
    static final int MOST_TERMS = 64;

    /** Checks and copies. */
    public DenseArithmetic {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(reads, "reads");
        terms = List.copyOf(terms);
        steps = List.copyOf(steps);
    }

    /**
     * A feature that is read.
     *
     * @param feature which one, from 0
     * @param value   of it
     * @param weight  that it counts with
     * @param product of both
     */
    public record Term(int feature, float value, float weight, double product) {}
}
