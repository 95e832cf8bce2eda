package io.fovea.export;

import io.fovea.bundle.Familiarity;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an export wrote.
 *
 * @param path                   the bundle
 * @param bytes                  its size
 * @param networkBytes           of them the network with its weights: all that ONNX Runtime needs to predict
 * @param parityMaxAbsDifference the largest difference of any golden logit between ONNX Runtime and the trainer
 * @param familiarity            how the model tells pictures that are unlike its training pictures; empty where it cannot
 */
public record ExportReport(
        Path path, long bytes, long networkBytes, double parityMaxAbsDifference, Optional<Familiarity> familiarity) {}
