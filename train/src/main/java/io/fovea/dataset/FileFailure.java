package io.fovea.dataset;

import io.fovea.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Says in plain words why a file could not be read or written. */
public final class FileFailure {

    private FileFailure() {}

    /** Returns the reason, without the file's name. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) return "there is no such file";
        if (failure instanceof AccessDeniedException) return "access is denied";
        if (failure instanceof EOFException) return "it ends too early";
        if (failure instanceof ZipException) return "its compressed data is damaged (" + failure.getMessage() + ")";
        if (failure instanceof FileSystemException system && system.getReason() != null) return system.getReason();
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Returns the problem of a source that cannot be read to its end. */
    public static Problem unreadable(Path source, IOException failure) {
        return new Problem(
                "Cannot read the source: " + reason(failure) + ".",
                source.toString(),
                "check that the file is there, readable and complete; fetch it again if it was downloaded",
                failure);
    }

    /** Returns the problem of a dataset that cannot be written. */
    public static Problem unwritable(Path folder, Exception failure) {
        String reason = failure instanceof IOException io ? reason(io) : String.valueOf(failure.getMessage());
        return new Problem(
                "Cannot write the dataset: " + reason + ".",
                folder.toString(),
                "check that the disk has room and that you may write there; nothing that was there is changed",
                failure);
    }
}
