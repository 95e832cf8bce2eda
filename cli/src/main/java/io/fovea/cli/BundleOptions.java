package io.fovea.cli;

import io.fovea.export.WeightsEntry;
import picocli.CommandLine.Option;

/** What a model file holds beside what every one does. */
final class BundleOptions {

    @Option(
            names = "--with-weights",
            description = {
                "Write the weights into the model file once more, as safetensors, for programs that read no ONNX.",
                "Fovea itself needs them not; the file becomes twice as large."
            })
    private boolean withWeights;

    WeightsEntry weights() {
        return withWeights ? WeightsEntry.WRITTEN : WeightsEntry.LEFT_OUT;
    }
}
