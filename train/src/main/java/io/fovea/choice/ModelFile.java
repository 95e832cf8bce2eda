package io.fovea.choice;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the model that a user names: a file, a name in the workspace, of which the newest version is meant, or {@code latest}. */
public final class ModelFile {

    /** Stands for the model that was made last, unless a model has this name. */
    private static final String LATEST = "latest";

    private ModelFile() {}

    /** Returns a folder of models as it is, and anything else as {@link #find}. */
    public static Path orFolder(String model, Workspace workspace) {
        return Files.isDirectory(Path.of(model)) ? Path.of(model) : find(model, workspace);
    }

    public static Path find(String model, Workspace workspace) {
        Path file = Path.of(model);
        if (Files.isRegularFile(file)) return file;
        boolean isPath = model.endsWith(".fovea") || file.getNameCount() > 1;
        if (isPath) {
            throw new Problem(
                    "There is no model file \"" + model + "\".",
                    file.toAbsolutePath().normalize().toString(),
                    "check the path, or give the name of a model in the workspace");
        }
        Optional<Path> latest = model.equals(LATEST) ? latest(workspace) : Optional.empty();
        if (latest.isPresent()) return latest.get();
        workspace.existing(Shelf.MODELS, model);
        return workspace
                .newestModel(model)
                .orElseThrow(() -> new Problem(
                        "The model \"" + model + "\" has no complete version.",
                        workspace.model(model).toString(),
                        "train it again; what is there was left by a run that did not end"));
    }

    private static Optional<Path> latest(Workspace workspace) {
        List<String> names = workspace.names(Shelf.MODELS);
        if (names.contains(LATEST)) return Optional.empty();
        return names.stream()
                .flatMap(name -> workspace.newestModel(name).stream())
                .max(Comparator.comparing(ModelFile::writtenAt));
    }

    private static FileTime writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
