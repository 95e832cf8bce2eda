/**
 * Named tensors from and to files, outside any engine.
 *
 * <p>Main types: {@link io.fovea.weights.NamedTensor}, {@link io.fovea.weights.Weights}.
 *
 * <p>Flow: file ↔ {@code Weights} ↔ module.
 */
package io.fovea.weights;
