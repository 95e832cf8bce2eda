package io.fovea.explain;

import java.util.List;
import java.util.Objects;

/**
 * How one value of a convolution comes about: patch times kernel, summed for each channel that is read, with the bias, and what batch norm and
 * activation make of it.
 *
 * <p>Products and sums are in double precision; the network computes in 32 bits and in another order, so that the last digits differ.
 *
 * @param layer    the convolution
 * @param reads    the layer before it; {@code input} is the prepared picture, normalised
 * @param channel  of the output, from 0
 * @param x        column in the output's map, from 0
 * @param y        row in the output's map, from 0
 * @param left     column of the patch's first value in the input's maps; below 0 in the padding
 * @param top      row of the patch's first value likewise
 * @param dilation from one column or row of the patch to the next
 * @param channels that are read, each with patch, kernel and products
 * @param bias     added once; 0 where the layer has none
 * @param sum      of all products and the bias
 * @param given    what the layer gave there
 * @param steps    what follows value by value: batch norm and activation
 */
public record ConvolutionArithmetic(
        String layer,
        String reads,
        int channel,
        int x,
        int y,
        int left,
        int top,
        int dilation,
        List<Channel> channels,
        double bias,
        double sum,
        double given,
        List<ArithmeticStep> steps)
        implements ValueArithmetic {

    /** Checks and copies. */
    public ConvolutionArithmetic {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(reads, "reads");
        channels = List.copyOf(channels);
        steps = List.copyOf(steps);
    }

    /**
     * A channel that is read.
     *
     * @param channel  of the input, from 0
     * @param patch    [KH, KW], 0 in the padding
     * @param kernel   [KH, KW]
     * @param products [KH, KW]
     * @param sum      of the products
     */
    public record Channel(int channel, float[][] patch, float[][] kernel, double[][] products, double sum) {}
}
