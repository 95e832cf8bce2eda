package io.fovea.cli;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tries at the door whether what the end will write can be written, by a file that is written and taken away. */
final class WritablePlace {

    private WritablePlace() {}

    /**
     * Checks a folder that is to hold results; makes it if it is not there.
     *
     * @param option that named it
     * @throws Problem if nothing can be written in it
     */
    static void checkFolder(Path folder, String option) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".write-", ".probe"));
        } catch (IOException failure) {
            throw new Problem(
                    "Results cannot be written there: " + reason(failure) + ".",
                    folder + ", option " + option,
                    "name a folder that you may write in",
                    failure);
        }
    }

    /**
     * Checks a file that is to be written; its folder must be there.
     *
     * @param option that named it
     * @throws Problem if it is a folder, or its folder is missing or cannot be written in
     */
    static void checkFile(Path file, String option) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        String where = file + ", option " + option;
        if (Files.isDirectory(file))
            throw new Problem("A file is to be written, but that is a folder.", where, "name a file in it");
        if (folder == null || !Files.isDirectory(folder))
            throw new Problem("The file's folder does not exist.", where, "make the folder first, or name another");
        checkFolder(folder, option);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException file -> "\"" + file.getFile() + "\" is a file, not a folder";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
