package io.fovea.bundle;

/**
 * How big the network is.
 *
 * @param parameters          trained numbers
 * @param multiplyAccumulates multiply-accumulates (MACs) for one picture
 */
public record Sizes(long parameters, long multiplyAccumulates) {}
