/**
 * A trained network leaves the trainer: as ONNX, and as a bundle with golden pictures.
 *
 * <p>Main types: {@link io.fovea.export.TrainedModel} (network and weights, judged), {@link io.fovea.export.BundleExport}
 * (network and weights → bundle), {@link io.fovea.export.BundleContents}, {@link io.fovea.export.OnnxWriter} (network and
 * weights → ONNX).
 *
 * <p>Flow: network + weights → ONNX → golden pictures through ONNX Runtime, compared to the trainer → bundle.
 */
package io.fovea.export;
