package io.fovea.format;

import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What Maven knows an artefact by.
 *
 * @param group    such as {@code org.example.models}
 * @param artifact such as {@code mnist-lenet}
 * @param version  such as {@code 3}
 */
record Coordinates(String group, String artifact, String version) {

    /** Where nobody names another. */
    private static final String USUAL_GROUP = "fovea.models";

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /** Returns those of a model: its name, and the number of its version in the workspace, 1 where it has none. */
    static Coordinates usual(ModelSource model) {
        Path folder = model.file().toAbsolutePath().normalize().getParent();
        String number = folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
        return new Coordinates(USUAL_GROUP, model.fileStem(), number.matches("[1-9][0-9]{0,8}") ? number : "1");
    }

    /**
     * Reads {@code GROUP:ARTIFACT:VERSION}.
     *
     * @throws Problem if it is something else
     */
    static Coordinates parse(String words) {
        String[] parts = words.split(":", -1);
        boolean fits = parts.length == 3;
        for (String part : parts) fits &= PART.matcher(part).matches() && !part.contains("..") && !part.endsWith(".");
        if (fits) return new Coordinates(parts[0], parts[1], parts[2]);
        throw new Problem(
                "Expected GROUP:ARTIFACT:VERSION, found \"" + words + "\".",
                "the coordinates of the jar",
                "write them of letters, digits, dots, dashes and underscores, such as org.example:pets:3");
    }

    /** Returns the folder of the version in a repository. */
    Path folder(Path repository) {
        return repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
    }

    /** Returns what the names of the artefact's files begin with. */
    String stem() {
        return artifact + "-" + version;
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
