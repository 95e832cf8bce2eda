/**
 * Named tensors from and to files, outside any engine, and the networks they fit.
 *
 * <p>Main types: {@link io.fovea.weights.Weights} (named tensors), {@link io.fovea.weights.WeightFile} (reads any form),
 * {@link io.fovea.weights.Fitting} (brings them into a network), {@link io.fovea.weights.WeightImport} (both, with preprocessing),
 * {@link io.fovea.weights.Pretrained} and {@link io.fovea.weights.PretrainedFolder} (what is kept), {@link
 * io.fovea.weights.PublicWeights} (what can be downloaded), {@link io.fovea.weights.BackboneWeights} (a part of them under a new head).
 *
 * <p>Flow: address → file → {@code WeightFile} → {@code Fit} → {@code Pretrained} → folder of the workspace → training. Weights of our
 * own: {@code Weights} ↔ {@link io.fovea.weights.Safetensors}, {@link io.fovea.weights.Npz}.
 *
 * <p>Invariant: nothing in a file is run, and no size that a file claims is believed before its length bears it out.
 */
package io.fovea.weights;
