/**
 * Two convolutions whose kernels no gradient has touched, a head in closed form, and the k nearest neighbours instead of dense layers.
 *
 * <p>Flow: pictures → kernels (patches, drawn, or of a trained network) → evolution, judged by a closed-form head → projection (discriminants) → codes of
 * the training pictures → references (all, or prototypes) → a network like any other, which ends with nearest neighbours.
 *
 * <p>Invariant: nothing here sees the test pictures; they are judged once, by {@code export.TrainedModel}.
 */
package io.fovea.hybrid;
