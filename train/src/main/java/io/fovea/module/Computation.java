package io.fovea.module;

import io.fovea.tensor.Precision;

/**
 * What computes a network's steps, and in which number format.
 *
 * @param engine    vector kernels or libtorch
 * @param precision of its products
 */
public record Computation(Engine engine, Precision precision) {}
