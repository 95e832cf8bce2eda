/**
 * Picture files become pixels, and pixels files.
 *
 * <p>Main types: {@link io.fovea.codec.PictureDecoder} (files become pixels), {@link io.fovea.codec.PictureLimits} (how large they may be),
 * {@link io.fovea.codec.PngWriter}, {@link io.fovea.codec.JpegWriter}.
 *
 * <p>Flow: file → format by its bytes → header, limits → decode → grey or colour → upright → {@link io.fovea.image.Pixels}.
 *
 * <p>Invariant: the same file gives the same bytes on every machine and in every door; Pillow, the reader that published
 * weights were trained with, is the judge of what they are.
 */
package io.fovea.codec;
