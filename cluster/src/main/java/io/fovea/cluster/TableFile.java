package io.fovea.cluster;

import io.fovea.file.AtomicFile;
import io.fovea.file.WritablePlace;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Where a table goes: a file of this machine, or one that Hadoop knows. It is complete or absent.
 *
 * @param word as it was named
 */
record TableFile(String word) {

    private static final String OPTION = "option --out";

    /**
     * Checks, before anything is begun, that the file can be written.
     *
     * @throws Problem if it is there already, or cannot be made
     */
    void check(Configuration hadoop) {
        if (!PictureListing.isRemote(word)) {
            Path file = PictureListing.path(word);
            WritablePlace.checkFile(file, OPTION);
            if (Files.exists(file)) throw exists();
            return;
        }
        try {
            org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(word);
            if (file.getFileSystem(hadoop).exists(file)) throw exists();
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException failure) {
            throw unwritable(failure);
        }
    }

    private Problem exists() {
        return new Problem(
                "The file exists already.", word + ", " + OPTION, "name another file, or delete that one first");
    }

    /**
     * Writes the file.
     *
     * @throws Problem if it cannot be written; nothing is left of it then
     */
    void write(Configuration hadoop, AtomicFile.Content content) {
        if (!PictureListing.isRemote(word)) {
            AtomicFile.write(PictureListing.path(word), content);
            return;
        }
        try {
            org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(word);
            org.apache.hadoop.fs.Path part =
                    new org.apache.hadoop.fs.Path(file.getParent(), "." + file.getName() + ".part");
            FileSystem files = file.getFileSystem(hadoop);
            try {
                try (OutputStream out = files.create(part, true)) {
                    content.writeTo(out);
                }
                if (!files.rename(part, file)) throw new IOException("it could not be moved from " + part);
            } finally {
                files.delete(part, false);
            }
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException failure) {
            throw unwritable(failure);
        }
    }

    private Problem unwritable(Exception failure) {
        return new Problem(
                "The file cannot be written: " + Words.of(failure) + ".",
                word + ", " + OPTION,
                "check the address and that you may write there, or name a file of this machine",
                failure);
    }
}
