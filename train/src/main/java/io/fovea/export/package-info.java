/**
 * A trained network leaves the trainer as a bundle with golden pictures, and comes back from one.
 *
 * <p>Main types: {@link io.fovea.export.TrainedModel} (network and weights, judged), {@link io.fovea.export.BundleExport}
 * (network and weights → bundle), {@link io.fovea.export.BundleContents}, {@link io.fovea.export.BundleImport} (bundle → network and weights).
 *
 * <p>Flow: network + weights → ONNX (room {@code onnx}) → golden pictures through ONNX Runtime, compared to the trainer → bundle.
 */
package io.fovea.export;
