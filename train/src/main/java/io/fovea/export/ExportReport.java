package io.fovea.export;

import java.nio.file.Path;

/**
 * What an export wrote.
 *
 * @param path                   the bundle
 * @param bytes                  its size
 * @param networkBytes           of them the network with its weights: all that ONNX Runtime needs to predict
 * @param parityMaxAbsDifference the largest difference of any golden logit between ONNX Runtime and the trainer
 */
public record ExportReport(Path path, long bytes, long networkBytes, double parityMaxAbsDifference) {}
