package io.fovea.format;

import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Replay;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model file itself, in another place, after it has proven itself. */
record BundleForm(ModelSource model, ModelFormat.Bundle format) implements FormatWriter {

    @Override
    public String fileName() {
        return model.fileStem() + ".fovea";
    }

    @Override
    public Path replaced(Path target) {
        try {
            if (!Files.exists(target) || !Files.isSameFile(target, model.file())) return target;
        } catch (IOException unreadable) {
            return target;
        }
        throw new Problem("That is the model itself.", target.toString(), "name another place with --to");
    }

    @Override
    public Exported write(Path target) {
        Replay.of(model.bundle(), PredictionOptions.DEFAULT.withThreads(1));
        Check check = GoldenAnswers.of(
                model,
                model.bundle().onnx(),
                PreparationPlace.OUTSIDE,
                model.manifest().tolerance());
        model.write(target);
        return new Exported(format, target, Written.files(target), List.of(check), List.of());
    }
}
