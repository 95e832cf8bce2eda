/**
 * Named tensors from and to files, outside any engine, and the networks they fit.
 *
 * <p>Main types: {@link io.fovea.weights.Weights} (named tensors), {@link io.fovea.weights.WeightFile} (reads any form),
 * {@link io.fovea.weights.Fitting} (brings them into a network), {@link io.fovea.weights.NetworkSearch} (finds the network), {@link
 * io.fovea.weights.BackboneWeights} (a part of them under a new head).
 *
 * <p>Flow: file → {@code WeightFile} → {@code Fit} → training. Weights of our own: {@code Weights} ↔ {@link io.fovea.weights.Safetensors},
 * {@link io.fovea.weights.Npz}.
 *
 * <p>Invariant: nothing in a file is run, and no size that a file claims is believed before its length bears it out.
 */
package io.fovea.weights;
