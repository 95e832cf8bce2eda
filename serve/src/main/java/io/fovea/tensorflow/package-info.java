/**
 * TensorFlow Serving's REST: bytes to requests, answers to bytes. Pure functions; no HTTP.
 *
 * <p>Main types: {@link io.fovea.tensorflow.PredictReader}, {@link io.fovea.tensorflow.PredictWriter},
 * {@link io.fovea.tensorflow.ServingWords} (status and metadata).
 *
 * <p>Source: tensorflow/serving, tensorflow_serving/g3doc/api_rest.md.
 */
package io.fovea.tensorflow;
