/**
 * Network and weights become a computation that only predicts, and is faster than one that could learn.
 *
 * <p>Main type: {@link io.fovea.predictor.VectorPredictor}, on the kernels of room {@code map}.
 */
package io.fovea.predictor;
