package io.fovea.workspace;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that holds datasets, runs and models. Nothing is created before something is written.
 *
 * <p>Layout: {@code datasets/<name>/}, {@code runs/<name>/}, {@code models/<name>/<version>/<name>.fovea},
 * {@code weights/<name>/}, {@code networks/<name>.yaml}, {@code cache/}, {@code workbench/}.
 *
 * <p>Immutable; threads and processes may share it.
 */
public final class Workspace {

    /** Names the workspace's folder when no option does. */
    public static final String ENVIRONMENT_VARIABLE = "FOVEA_WORKSPACE";

    private static final String NETWORKS = "networks";
    private static final String YAML = ".yaml";
    private static final Pattern VALID_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Returns the workspace in {@code folder}, which need not exist yet. */
    public static Workspace at(Path folder) {
        return new Workspace(Objects.requireNonNull(folder, "folder"));
    }

    /** Returns the workspace that {@code $FOVEA_WORKSPACE} names, else {@code fovea} in the user's home. */
    public static Workspace standard(Map<String, String> environment, Path userHome) {
        String named = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
        return at(named.isBlank() ? userHome.resolve("fovea") : Path.of(named));
    }

    /** Returns the folder, absolute. */
    public Path folder() {
        return folder;
    }

    /** Returns where downloads are kept. */
    public Path cache() {
        return folder.resolve("cache");
    }

    /** Returns where is remembered how fast this machine does what. */
    public Path speeds() {
        return cache().resolve("speeds.yaml");
    }

    /** Returns where the workbench keeps its queue, and what people add to things. */
    public Path workbench() {
        return folder.resolve("workbench");
    }

    /** Returns where the network file of that name is or will be: what {@code --network} and a job name by its path. */
    public Path network(String name) {
        return folder.resolve(NETWORKS).resolve(checkedName("network", name) + YAML);
    }

    /** Returns where the profile of a machine of that name is or will be. */
    public Path profile(String name) {
        return folder.resolve("profiles").resolve(checkedName("profile", name) + ".profile");
    }

    /** Returns the names of the workspace's own networks in alphabetical order. */
    public List<String> networks() {
        Path parent = folder.resolve(NETWORKS);
        if (!Files.isDirectory(parent)) return List.of();
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(YAML))
                    .map(name -> name.substring(0, name.length() - YAML.length()))
                    .filter(name -> VALID_NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns where the dataset of that name is or will be. */
    public Path dataset(String name) {
        return place(Shelf.DATASETS, name);
    }

    /** Returns where the run of that name is or will be. */
    public Path run(String name) {
        return place(Shelf.RUNS, name);
    }

    /** Returns the folder of all versions of a model. */
    public Path model(String name) {
        return place(Shelf.MODELS, name);
    }

    /** Returns where pretrained weights of that name are or will be. */
    public Path weights(String name) {
        return place(Shelf.WEIGHTS, name);
    }

    /** Returns the names on a shelf in alphabetical order; hidden folders and files do not count. */
    public List<String> names(Shelf shelf) {
        return foldersIn(folder.resolve(shelf.folder()))
                .filter(name -> VALID_NAME.matcher(name).matches())
                .sorted()
                .toList();
    }

    /**
     * Returns the folder of something that must be there.
     *
     * @throws Problem if it is not; the nearest name on the shelf is offered
     */
    public Path existing(Shelf shelf, String name) {
        Path place = place(shelf, name);
        if (Files.isDirectory(place)) return place;
        List<String> names = names(shelf);
        throw new Problem(
                "There is no " + shelf.noun() + " named \"" + name + "\".",
                folder.resolve(shelf.folder()).toString(),
                names.isEmpty() ? shelf.remedy() : Nearest.suggestion(name, names));
    }

    /** Creates the folder of a new run, named {@code prefix-1}, {@code prefix-2} …: the first number that is free. */
    public Path newRun(String prefix) {
        return newNumbered(place(Shelf.RUNS, prefix).getParent(), prefix + "-");
    }

    /** Returns the file of the newest version of a model, if there is one. */
    public Optional<Path> newestModel(String name) {
        return modelVersions(name).stream().findFirst().map(version -> modelFile(name, version));
    }

    /** Returns the numbers of a model's complete versions, the newest first. */
    public List<Integer> modelVersions(String name) {
        return foldersIn(model(name))
                .filter(version -> VERSION.matcher(version).matches())
                .map(Integer::valueOf)
                .sorted(Comparator.reverseOrder())
                .filter(version -> Files.isRegularFile(modelFile(name, version)))
                .toList();
    }

    /** Creates the folder of a model's next version (1, 2, 3 …) and returns the file to write in it. */
    public Path newModel(String name) {
        Path versionFolder = newNumbered(model(name), "");
        return versionFolder.resolve(name + ".fovea");
    }

    /**
     * Creates the workspace's folder if need be and tries to write in it.
     *
     * @throws Problem if that fails
     */
    public void checkWritable() {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".write-", ".probe"));
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    /**
     * Checks a name for a dataset, run or model.
     *
     * @throws Problem unless it has 1 to 100 letters, digits, dots, dashes or underscores and begins with a letter or digit
     */
    public static String checkedName(String noun, String name) {
        if (VALID_NAME.matcher(name).matches()) return name;
        throw new Problem(
                "\"" + name + "\" cannot name a " + noun + ".",
                "the " + noun + "'s name",
                "use 1 to 100 letters a-z, digits, dots, dashes or underscores, beginning with a letter or digit, for"
                        + " example \"cats-dogs\"");
    }

    private Path place(Shelf shelf, String name) {
        return folder.resolve(shelf.folder()).resolve(checkedName(shelf.noun(), name));
    }

    /** Returns where the file of a model's version is or would be. */
    public Path modelFile(String name, int version) {
        return model(name).resolve(Integer.toString(version)).resolve(name + ".fovea");
    }

    /**
     * Creates the folder {@code prefix} and the first number that is free. Creating a folder is atomic, so two processes never get the same number.
     *
     * @throws Problem if the parent cannot be written
     */
    public static Path newNumbered(Path parent, String prefix) {
        try {
            Files.createDirectories(parent);
            for (int number = 1; ; number++) {
                try {
                    return Files.createDirectory(parent.resolve(prefix + number));
                } catch (FileAlreadyExistsException taken) {
                    // the next number
                }
            }
        } catch (IOException failure) {
            throw unwritable(parent, failure);
        }
    }

    private static Stream<String> foldersIn(Path parent) {
        if (!Files.isDirectory(parent)) return Stream.empty();
        try (Stream<Path> entries = Files.list(parent)) {
            return entries
                    .filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Problem unwritable(Path place, IOException failure) {
        return new Problem(
                "The workspace cannot be written: " + reason(failure) + ".",
                place.toString(),
                "make the folder writable, or choose another with --workspace DIR or $" + ENVIRONMENT_VARIABLE,
                failure);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException file -> "\"" + file.getFile() + "\" is a file, not a folder";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
