package io.fovea.cli;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the model that a user names: a file, or a name in the workspace, of which the newest version is meant. */
final class ModelFile {

    private ModelFile() {}

    static Path find(String model, Workspace workspace) {
        Path file = Path.of(model);
        if (Files.isRegularFile(file)) return file;
        boolean isPath = model.endsWith(".fovea") || file.getNameCount() > 1;
        if (isPath) {
            throw new Problem(
                    "There is no model file \"" + model + "\".",
                    file.toAbsolutePath().normalize().toString(),
                    "check the path, or give the name of a model in the workspace");
        }
        workspace.existing(Shelf.MODELS, model);
        return workspace
                .newestModel(model)
                .orElseThrow(() -> new Problem(
                        "The model \"" + model + "\" has no complete version.",
                        workspace.model(model).toString(),
                        "train it again; what is there was left by a run that did not end"));
    }
}
