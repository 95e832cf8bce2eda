package io.fovea.choice;

import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the profile of a machine that a user names: a file, which ends with {@code .profile}, lies in a folder or is there; or a name in the workspace. */
public final class ProfileFile {

    /** The name of this machine's own, where none is given. */
    public static final String HERE = "here";

    private ProfileFile() {}

    /**
     * Returns the file, which may not be there yet.
     *
     * @throws io.fovea.problem.Problem if a name has characters that none has
     */
    public static Path of(String word, Workspace workspace) {
        Path file = Path.of(word);
        boolean isFile = word.endsWith(".profile") || file.getNameCount() > 1 || Files.isRegularFile(file);
        return isFile ? file : workspace.profile(word);
    }
}
