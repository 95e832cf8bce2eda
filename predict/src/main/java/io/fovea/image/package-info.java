/**
 * Picture bytes become the numbers a network sees, in training and in prediction alike.
 *
 * <p>Main types: {@link io.fovea.image.Pixels} (a decoded picture), {@link io.fovea.image.Preprocessing} (how it becomes a tensor).
 *
 * <p>Flow: file → decode, orientation → {@code Pixels} → resize → {@code Pixels} [H, W, C] → normalise → floats [C, H, W].
 */
package io.fovea.image;
