/**
 * A network with its weights as a TensorFlow Lite file, in floats or in whole numbers.
 *
 * <p>Main types: {@link io.fovea.tflite.TfliteWriter} (network and weights → file), {@link io.fovea.quantize.WholeNumbers} (what a file in whole
 * numbers needs to know besides).
 *
 * <p>Flow: batch norms are folded → layers, each with the ReLU that alone reads it, become steps → steps become operators on tensors of the form
 * [N, H, W, C] → one file. Nothing here knows bundles or datasets, or runs a file.
 */
package io.fovea.tflite;
