/**
 * A bundle and pictures become ranked classes, or values.
 *
 * <p>Main types: {@link io.fovea.predict.Classifier} and {@link io.fovea.predict.Regressor} (the loaded models),
 * {@link io.fovea.predict.Prediction} and {@link io.fovea.predict.Regression} (their answers), {@link io.fovea.predict.Neighbourhood} (an answer with the references that decided).
 *
 * <p>Flow: {@code Classifier.load(file)} replays the golden pictures → {@code classify(picture)}: decode → resize → normalise →
 * ONNX Runtime → {@code Prediction}. A regressor does likewise, and traces places back to the given picture.
 */
package io.fovea.predict;
