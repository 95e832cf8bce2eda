/**
 * Picture bytes become the numbers a network sees, in training and in prediction alike.
 *
 * <p>Main types: {@link io.fovea.image.Pixels} (a decoded picture), {@link io.fovea.image.PictureDecoder} (files become
 * pixels), {@link io.fovea.image.Resize} and {@link io.fovea.image.ResizeMode} (any shape becomes the wanted one),
 * {@link io.fovea.image.Preprocessing} (all of it, as it travels inside a model), {@link io.fovea.image.PngWriter}.
 *
 * <p>Flow: file → format by its bytes → header, limits → decode → grey or colour → upright → {@code Pixels} → resize →
 * {@code Pixels} [H, W, C] → normalise → floats [C, H, W].
 *
 * <p>Invariant: the same file gives the same bytes on every machine and in every door; Pillow, the reader that published
 * weights were trained with, is the judge of what they are.
 */
package io.fovea.image;
