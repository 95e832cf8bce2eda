package io.fovea.explain;

import java.util.Objects;

/**
 * How one value of a pooling layer comes about: the largest value of a window, or its mean.
 *
 * @param layer   the pooling layer
 * @param kind    the word for it in a network file
 * @param reads   the layer before it
 * @param channel of both, from 0
 * @param x       column in the output's map, from 0
 * @param y       row in the output's map, from 0
 * @param left    column of the window's first value in the input's map
 * @param top     row of the window's first value likewise
 * @param window  [rows, columns] the values in it; what would lie outside of the map is left out
 * @param divisor what the sum of a mean is divided by, zeros of the padding counted; 0 where the largest value is taken
 * @param column  of the largest value, in the window; -1 of a mean
 * @param row     of the largest value, in the window; -1 of a mean
 * @param result  the largest value or the mean
 * @param given   what the layer gave there
 */
public record PoolingArithmetic(
        String layer,
        String kind,
        String reads,
        int channel,
        int x,
        int y,
        int left,
        int top,
        float[][] window,
        int divisor,
        int column,
        int row,
        double result,
        double given)
        implements ValueArithmetic {

    /** Checks that nothing is missing. */
    public PoolingArithmetic {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reads, "reads");
        Objects.requireNonNull(window, "window");
    }
}
