/**
 * Layers as values in a graph; shapes, parameters and multiply-accumulates before any training.
 *
 * <p>Main types: {@link io.fovea.network.Layer} (every kind of layer), {@link io.fovea.network.Network} (the graph).
 *
 * <p>Flow: YAML ({@link io.fovea.network.NetworkYaml}) or {@link io.fovea.network.Catalogue} → {@code Network} → {@link io.fovea.network.Inference} → module (libtorch or vector kernels), ONNX.
 */
package io.fovea.network;
