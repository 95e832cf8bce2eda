package io.fovea.shrink;

import io.fovea.bundle.Bundle;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.export.BundleEvaluation;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.format.ModelExport;
import io.fovea.format.ModelFormat;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.WeightRange;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A model in floats that leaves Fovea in whole numbers (int8): calibrated by pictures, written in a form, never judged. {@link Int8Making} is for whom
 * wants to know first what rounding costs.
 */
public final class Int8Export {

    private final Path file;
    private final Bundle before;
    private final ModelParts parts;
    private final Dataset dataset;
    private final ModelFormat format;

    /**
     * Looks at what there is.
     *
     * @param file    the model
     * @param dataset whose training part shows which values occur; its truth does not matter
     * @param again   names the command that prepares a dataset's pictures otherwise, for advice
     * @throws Problem if the model is in whole numbers already, does not describe its network, decides by neighbours or holds weights that are not finite;
     *     the pictures are of another kind or fewer than 16; or the form holds no whole numbers
     */
    public Int8Export(Path file, Dataset dataset, ModelFormat format, Function<Preparation, String> again) {
        checkForm(format);
        this.file = file;
        this.before = Bundle.open(file);
        this.parts = BundleImport.read(before, file.toString());
        this.dataset = dataset;
        this.format = format;
        BundleEvaluation.checkPreparation(before.manifest(), dataset, again);
        Quantizer.check(parts.network(), parts.weights(), dataset.count(Split.TRAINING));
    }

    /**
     * Checks that a form can hold whole numbers.
     *
     * @throws Problem if it cannot, or another precision is chosen of it
     */
    public static void checkForm(ModelFormat format) {
        boolean halves =
                switch (format) {
                    case ModelFormat.Onnx onnx -> onnx.precision().isPresent();
                    case ModelFormat.Web web -> web.precision().isPresent();
                    case ModelFormat.Npz _, ModelFormat.Safetensors _ ->
                        throw new Problem(
                                "The form " + format.word() + " holds the weights alone, and whole numbers mean nothing"
                                        + " without the scales and ranges that belong to them.",
                                "option --precision int8",
                                "export onnx, bundle, tflite, jar or web; or the weights with --precision fp16");
                    case ModelFormat.Bundle _, ModelFormat.Tflite _, ModelFormat.Jar _ -> false;
                };
        if (halves)
            throw new Problem(
                    "A model is in whole numbers (int8) or in a precision of floats, not in both.",
                    "form " + format.word(),
                    "leave its precision out");
    }

    /** Calibrates, and returns what can be written. */
    public ModelExport calibrated(Telling telling) {
        telling.stage("calibrating");
        String name = before.manifest().name() + "-int8";
        // no processor cuts off sums in TensorFlow Lite, whose rules for 8 bits are made for such weights
        WeightRange range = format instanceof ModelFormat.Tflite ? WeightRange.EIGHT_BITS : WeightRange.SEVEN_BITS;
        Int8Draft draft = Int8Draft.of(file, before, parts, dataset, Int8Settings.kept(range), name, telling);
        return ModelExport.of(file, draft.bundle(), draft.made(), format);
    }
}
