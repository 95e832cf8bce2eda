package io.fovea.file;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tries at the door whether what the end will write can be written, by a file that is written and taken away. */
public final class WritablePlace {

    private WritablePlace() {}

    /**
     * Checks a folder that is to hold results; makes it if it is not there.
     *
     * @param asked who named it, such as {@code option --out}
     * @throws Problem if nothing can be written in it
     */
    public static void checkFolder(Path folder, String asked) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".write-", ".probe"));
        } catch (IOException failure) {
            throw new Problem(
                    "Results cannot be written there: " + reason(failure) + ".",
                    folder + ", " + asked,
                    "name a folder that you may write in",
                    failure);
        }
    }

    /**
     * Checks a file that is to be written; its folder must be there.
     *
     * @param asked who named it, such as {@code option --out}
     * @throws Problem if it is a folder, or its folder is missing or cannot be written in
     */
    public static void checkFile(Path file, String asked) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        String where = file + ", " + asked;
        if (Files.isDirectory(file))
            throw new Problem("A file is to be written, but that is a folder.", where, "name a file in it");
        if (folder == null || !Files.isDirectory(folder))
            throw new Problem("The file's folder does not exist.", where, "make the folder first, or name another");
        checkFolder(folder, asked);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) return "permission denied";
        if (failure instanceof FileAlreadyExistsException file)
            return "\"" + file.getFile() + "\" is a file, not a folder";
        return String.valueOf(failure.getMessage());
    }
}
