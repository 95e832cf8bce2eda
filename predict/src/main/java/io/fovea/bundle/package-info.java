/**
 * A trained model as one file: network, weights, preprocessing, class names or targets, golden pictures, provenance, measurements.
 *
 * <p>Main types: {@link io.fovea.bundle.Manifest} (what the model is), {@link io.fovea.bundle.Bundle} (a checked model file
 * in memory), {@link io.fovea.bundle.BundleWriter} (memory → file).
 *
 * <p>Flow: export → {@code Bundle} → {@code name.fovea} → {@code Bundle.open} → model.
 *
 * <p>The file is a zip, written with its entries stored, read however it was packed, so any language reads it:
 * <ul>
 *   <li>{@code manifest.json}: {@link io.fovea.bundle.Manifest}, with the SHA-256 of every other entry
 *   <li>{@code model.onnx}: input {@code input} [N, C, H, W], outputs {@code logits} and {@code probabilities} [N, K],
 *       or {@code values} [N, T] in a regression, maps in a segmentation, {@code pixels} in a reconstruction; also {@code features} [N, D], or of a model that decides by neighbours
 *       {@code codes} [N, D], {@code neighbours}, {@code neighbour_labels} and {@code distances} [N, k]
 *   <li>{@code network.yaml}: the layers, named as the weights in {@code model.onnx} are
 *   <li>{@code labels.txt}: a class name on each line, in label order; in a regression the targets' names
 *   <li>{@code golden/}: picture files that every consumer can replay against the manifest's expectations
 *   <li>{@code references.csv} and {@code references/}: {@link io.fovea.bundle.References}, the pictures that a model compares others
 *       with; optional
 *   <li>{@code familiarity.safetensors}: what tells pictures that are unlike those the model learned from; optional
 *   <li>{@code weights.safetensors}: the parameters once more, for programs that read no ONNX; optional
 * </ul>
 *
 * <p>Invariant: opening runs no code from the file, and a bundle that opens has every byte that was written.
 */
package io.fovea.bundle;
