package io.fovea.choice;

import io.fovea.file.FileAddress;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the model that a user names: a file; a name in the workspace, of which the newest version is meant, or a version, as in
 * {@code digits/2}; or {@code latest}.
 */
public final class ModelFile {

    /** Stands for the model that was made last, unless a model has this name. */
    private static final String LATEST = "latest";

    private static final Pattern VERSION = Pattern.compile("([^/]+)/([1-9][0-9]{0,8})");

    private ModelFile() {}

    /** Returns a folder of models as it is, and anything else as {@link #find}. */
    public static Path orFolder(String model, Workspace workspace) {
        return Files.isDirectory(Path.of(model)) ? Path.of(model) : find(model, workspace);
    }

    /**
     * Finds it.
     *
     * @throws Problem if there is none, or the word is an address of another storage than this machine's
     */
    public static Path find(String model, Workspace workspace) {
        FileAddress.refuse(model);
        Path file = Path.of(model);
        if (Files.isRegularFile(file)) return file;
        Optional<Path> version = version(model, workspace);
        if (version.isPresent()) return version.get();
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

    /** Returns what {@code NAME/VERSION} means, where there is a model of that name. */
    private static Optional<Path> version(String model, Workspace workspace) {
        Matcher words = VERSION.matcher(model);
        if (!words.matches() || !workspace.names(Shelf.MODELS).contains(words.group(1))) return Optional.empty();
        String name = words.group(1);
        int version = Integer.parseInt(words.group(2));
        List<Integer> versions = workspace.modelVersions(name);
        if (versions.contains(version)) return Optional.of(workspace.modelFile(name, version));
        throw new Problem(
                "The model \"" + name + "\" has no version " + version + ".",
                workspace.model(name).toString(),
                versions.isEmpty()
                        ? "train it again; what is there was left by a run that did not end"
                        : "name one of its versions: "
                                + versions.stream().map(String::valueOf).collect(Collectors.joining(", ")));
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
