/**
 * A bundle and pictures become ranked classes.
 *
 * <p>Main types: {@link io.fovea.predict.Classifier} (the loaded model), {@link io.fovea.predict.Prediction} (its answer).
 *
 * <p>Flow: {@code Classifier.load(file)} replays the golden pictures → {@code classify(picture)}: decode → resize → normalise →
 * ONNX Runtime → {@code Prediction}.
 */
package io.fovea.predict;
