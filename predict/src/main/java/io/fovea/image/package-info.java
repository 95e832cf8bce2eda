/**
 * Pixels become the numbers a network sees, in training and in prediction alike.
 *
 * <p>Main types: {@link io.fovea.image.Pixels} (a decoded picture), {@link io.fovea.image.Resize} and {@link io.fovea.image.ResizeMode}
 * (any shape becomes the wanted one), {@link io.fovea.image.Preprocessing} (all of it, as it travels inside a model),
 * {@link io.fovea.image.TargetPoint} (where a place in the picture ends up).
 *
 * <p>Flow: {@code Pixels} from {@code codec} → resize → {@code Pixels} [H, W, C] → normalise → floats [C, H, W].
 *
 * <p>Invariant: the same pixels give the same numbers on every machine and in every door.
 */
package io.fovea.image;
