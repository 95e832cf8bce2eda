/**
 * Layers as values in a graph; shapes, parameters and multiply-accumulates before any training.
 *
 * <p>Main types: {@link io.fovea.network.Layer} (every kind of layer), {@link io.fovea.network.Network} (the graph).
 *
 * <p>Flow: YAML or catalogue → {@code Network} → inference of shapes → module (libtorch or vector kernels), ONNX.
 */
package io.fovea.network;
