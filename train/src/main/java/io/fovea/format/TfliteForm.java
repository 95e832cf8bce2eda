package io.fovea.format;

import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.export.ModelParts;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import io.fovea.quantize.Quantization;
import io.fovea.tflite.TfliteWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's network as a TensorFlow Lite file in floats, with its names and preparation as texts beside the graph. */
final class TfliteForm implements FormatWriter {

    private static final String NOTE =
            "The file was not run: Fovea has no interpreter for it. Compare some pictures with \"fovea"
                    + " predict\" where it will run; docs/tflite.md says what was tried.";

    private final ModelSource model;
    private final ModelFormat.Tflite format;
    private final byte[] file;

    /** Finds what the form cannot say of the model. */
    TfliteForm(ModelSource model, ModelFormat.Tflite format) {
        this.model = model;
        this.format = format;
        this.file = model.quantization().map(this::whole).orElseGet(this::floats);
    }

    private byte[] whole(Quantization made) {
        return TfliteWriter.write(
                made.folded().network(),
                made.folded().weights(),
                made.numbers(),
                model.manifest().task(),
                metadata());
    }

    private byte[] floats() {
        Int8Origin.of(model.manifest()).ifPresent(this::refuse);
        ModelParts parts = model.parts();
        return TfliteWriter.write(
                parts.network(), parts.weights(), model.manifest().task(), metadata());
    }

    private void refuse(Int8Origin origin) {
        throw new Problem(
                "The model is in whole numbers already (int8), but a TensorFlow Lite file is made of the one in floats,"
                        + " with weights of 8 bits.",
                model.where(),
                "export the model that it was made of: fovea export " + origin.model()
                        + " --format tflite --precision int8 --calibrate " + origin.calibration());
    }

    @Override
    public String fileName() {
        return model.fileStem() + ".tflite";
    }

    @Override
    public Exported write(Path target) {
        AtomicFile.write(target, file);
        return new Exported(format, target, Written.files(target), List.of(), List.of(NOTE));
    }

    private Map<String, String> metadata() {
        Manifest manifest = model.manifest();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", manifest.name());
        metadata.put("task", manifest.task().word());
        List<String> names = manifest.task().names();
        if (!names.isEmpty()) metadata.put("names", String.join("\n", names));
        metadata.put("preprocessing", model.preprocessing());
        return metadata;
    }
}
