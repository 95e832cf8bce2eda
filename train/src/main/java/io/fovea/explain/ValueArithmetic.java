package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How one value of a layer comes about from those that the layer reads.
 *
 * <p>Products and sums are in double precision; the network computes in 32 bits and in another order, so that the last digits differ.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConvolutionArithmetic.class, name = "convolution"),
    @JsonSubTypes.Type(value = DenseArithmetic.class, name = "dense"),
    @JsonSubTypes.Type(value = PoolingArithmetic.class, name = "pooling"),
    @JsonSubTypes.Type(value = FormulaArithmetic.class, name = "formula")
})
public sealed interface ValueArithmetic
        permits ConvolutionArithmetic, DenseArithmetic, PoolingArithmetic, FormulaArithmetic {

    /** The layer that gives the value. */
    String layer();

    /** Channel of the layer's maps, or which of its features, from 0. */
    int channel();

    /** Column in the map, from 0; 0 of a feature. */
    int x();

    /** Row in the map, from 0; 0 of a feature. */
    int y();

    /** What the layer gave there. */
    double given();
}
