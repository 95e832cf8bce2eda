/**
 * What happens in a network between a picture and its answer: what every layer gives, the filters that it gives it by, which places of the picture
 * speak for a class, and the arithmetic of a single value.
 *
 * <p>Main types: {@link io.fovea.explain.Explainer} (a model file, loaded once), {@link io.fovea.explain.Explanation} (all of one picture, as values
 * that become JSON as they are), {@link io.fovea.explain.LayerActivation}, {@link io.fovea.explain.LayerWeights},
 * {@link io.fovea.explain.Heatmap}, {@link io.fovea.explain.ConvolutionArithmetic}; {@link io.fovea.explain.ExplanationFolder} (the same as files).
 *
 * <p>Flow: a bundle becomes a network with weights again → a picture is prepared as the model prepares it, and answered for → it goes through the
 * layers one by one, and each is summed up and drawn before the next.
 *
 * <p>Invariant: what is explained is the answer that the model file gives: both are computed and compared.
 */
package io.fovea.explain;
