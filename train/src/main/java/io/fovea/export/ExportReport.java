package io.fovea.export;

import java.nio.file.Path;

/**
 * What an export wrote.
 *
 * @param path                   the bundle
 * @param bytes                  its size
 * @param parityMaxAbsDifference the largest difference of any golden logit between ONNX Runtime and the trainer
 */
public record ExportReport(Path path, long bytes, double parityMaxAbsDifference) {}
