package io.fovea.format;

import io.fovea.bundle.Bundle;
import io.fovea.file.WritablePlace;
import io.fovea.problem.Problem;
import io.fovea.quantize.Quantization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model file that is to be written in another form. Immutable; threads may share it.
 *
 * <pre>{@code
 * ModelExport.of(file, new ModelFormat.Npz(Optional.empty())).write(Path.of("digits.npz"), Existing.KEEP);
 * }</pre>
 */
public final class ModelExport {

    private final FormatWriter writer;

    private ModelExport(FormatWriter writer) {
        this.writer = writer;
    }

    /**
     * Opens the model and finds what the form cannot say of it.
     *
     * @throws Problem if the file is no model, or the form cannot say all of it; it names the part, and what would help
     */
    public static ModelExport of(Path file, ModelFormat format) {
        return of(new ModelSource(file, Bundle.open(file), Optional.empty()), format);
    }

    /**
     * Takes a model that was put into whole numbers (int8).
     *
     * @param file         of the model in floats
     * @param bundle       the same in whole numbers
     * @param quantization how it was put into them
     * @throws Problem if the form cannot say all of it
     */
    public static ModelExport of(Path file, Bundle bundle, Quantization quantization, ModelFormat format) {
        return of(new ModelSource(file, bundle, Optional.of(quantization)), format);
    }

    private static ModelExport of(ModelSource model, ModelFormat format) {
        return new ModelExport(
                switch (format) {
                    case ModelFormat.Onnx onnx -> new OnnxForm(model, onnx);
                    case ModelFormat.Bundle bundle -> new BundleForm(model, bundle);
                    case ModelFormat.Npz npz -> WeightsForm.of(model, npz);
                    case ModelFormat.Safetensors safetensors -> WeightsForm.of(model, safetensors);
                    case ModelFormat.Web web -> new WebForm(model, web);
                    case ModelFormat.Tflite tflite -> new TfliteForm(model, tflite);
                    case ModelFormat.Jar jar -> new JarForm(model, jar);
                });
    }

    /** Returns what the file or folder is called unless a place is named, such as {@code digits.onnx}. */
    public String fileName() {
        return writer.fileName();
    }

    /**
     * Finds what is in the way of writing there, before anything is computed.
     *
     * @throws Problem if something is there and is to be kept, or nothing can be written there
     */
    public void check(Path target, Existing existing) {
        Path replaced = writer.replaced(target);
        if (existing == Existing.KEEP && Files.exists(replaced)) {
            throw new Problem(
                    "There is something in that place already.",
                    replaced.toString(),
                    "name another with --to, or give --replace to put the new one in its place");
        }
        if (Files.exists(replaced) && !writer.isReplaceable(replaced)) {
            throw new Problem(
                    "What is in that place was not made by such an export, so it is not replaced.",
                    replaced.toString(),
                    "name another place with --to, or a file or folder within that one");
        }
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null)
            throw new Problem("The root of a disk cannot be written to.", target.toString(), "name a place in it");
        WritablePlace.checkFolder(parent, "the place of the export");
    }

    /**
     * Writes and checks it.
     *
     * @param target   complete or absent afterwards, whatever happens
     * @param existing what is done with what is there
     * @throws Problem as {@link #check}, or if it does not come out as the model answers
     */
    public Exported write(Path target, Existing existing) {
        check(target, existing);
        return writer.write(target);
    }
}
