package io.fovea.cluster;

import io.fovea.file.AtomicFile;
import io.fovea.file.FileAddress;
import io.fovea.file.WritablePlace;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Where a table goes: a file of this machine, or one that Hadoop knows. It is complete or absent.
 *
 * @param word as it was named
 */
record TableFile(String word) {

    private static final String OPTION = "option --out";
    private static final String CANNOT = "The file cannot be written";

    /**
     * Checks, before anything is begun, that the file can be written.
     *
     * @throws Problem if it is there already, or cannot be made
     */
    void check(Configuration hadoop) {
        if (!FileAddress.isOne(word)) {
            Path file = PictureListing.path(word);
            WritablePlace.checkFile(file, OPTION);
            if (Files.exists(file)) throw exists();
            return;
        }
        Storage storage = storage();
        storage.act(CANNOT, () -> {
            FileSystem files = storage.files(hadoop);
            if (files.exists(storage.path())) throw exists();
            probe(files, storage.path());
        });
    }

    /** Writes an empty file and takes it away, and the folders that came with it: what is allowed and what not, only the storage itself knows. */
    private static void probe(FileSystem files, org.apache.hadoop.fs.Path file) throws IOException {
        List<org.apache.hadoop.fs.Path> missing = new ArrayList<>();
        for (org.apache.hadoop.fs.Path folder = file.getParent();
                folder != null && !files.exists(folder);
                folder = folder.getParent()) missing.add(folder);
        org.apache.hadoop.fs.Path probe =
                new org.apache.hadoop.fs.Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        files.create(probe, false).close();
        files.delete(probe, false);
        for (org.apache.hadoop.fs.Path folder : missing) files.delete(folder, false);
    }

    private Storage storage() {
        return new Storage(word, word + ", " + OPTION);
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
        if (!FileAddress.isOne(word)) {
            AtomicFile.write(PictureListing.path(word), content);
            return;
        }
        Storage storage = storage();
        storage.act(CANNOT, () -> {
            write(storage.files(hadoop), storage.path(), content);
        });
    }

    private static void write(FileSystem files, org.apache.hadoop.fs.Path file, AtomicFile.Content content)
            throws IOException {
        org.apache.hadoop.fs.Path part =
                new org.apache.hadoop.fs.Path(file.getParent(), "." + file.getName() + ".part");
        try {
            try (OutputStream out = files.create(part, true)) {
                content.writeTo(out);
            }
            if (!files.rename(part, file)) throw new IOException("it could not be moved from " + part);
        } catch (IOException | RuntimeException | Error failure) {
            try {
                files.delete(part, false);
            } catch (IOException stays) {
                failure.addSuppressed(stays); // what it failed for first says more
            }
            throw failure;
        }
    }
}
