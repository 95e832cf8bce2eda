/**
 * A network with its weights as an ONNX file: written, read back, run.
 *
 * <p>Main types: {@link io.fovea.onnx.OnnxWriter} (network and weights → ONNX), {@link io.fovea.onnx.NetworkOutputs} (what such a file can be
 * asked for), {@link io.fovea.onnx.OnnxTensors} and {@link io.fovea.onnx.OnnxWeights} (ONNX → weights), {@link io.fovea.onnx.OnnxRun}.
 *
 * <p>Flow: layers in their order → nodes, parameters → initializers, task → outputs. Nothing here knows bundles or datasets.
 */
package io.fovea.onnx;
