/**
 * A bundle and pictures become named tensors, and these ranked classes, values, masks or pictures.
 *
 * <p>Main types: {@link io.fovea.predict.Model} (a loaded model of any task, with {@link io.fovea.predict.Tensor}s in and out),
 * {@link io.fovea.predict.Decoder} (what its numbers mean: {@link io.fovea.predict.Classifier}, {@link io.fovea.predict.Regressor},
 * {@link io.fovea.predict.Segmenter}, {@link io.fovea.predict.Reconstructor}), {@link io.fovea.predict.Answer} (what it says of a picture:
 * {@link io.fovea.predict.Prediction}, {@link io.fovea.predict.Regression}, {@link io.fovea.predict.Mask},
 * {@link io.fovea.predict.Reconstructed}), {@link io.fovea.predict.Neighbourhood} (an answer with the references that decided).
 *
 * <p>Flow: {@code Model.load(file)} replays the golden pictures → decode → resize → normalise → ONNX Runtime → outputs → a decoder's
 * answer; places and masks are traced back to the given picture.
 */
package io.fovea.predict;
