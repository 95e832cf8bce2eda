package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.file.FileAddress;
import io.fovea.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/** Models as they are named on the driver: files of this machine, or at addresses that Hadoop knows. */
final class ModelAddress {

    private static final String CANNOT = "The model file cannot be fetched";

    /** What was fetched: another content at the address has another time or length; what one user may read another may not. */
    private record Content(String address, long modified, long length, String user) {}

    private static final Map<Content, Path> FETCHED = new HashMap<>();

    private ModelAddress() {}

    /**
     * Returns the model's file on this machine; what is elsewhere is fetched, once as long as it does not change there. Copies are deleted when this
     * process ends.
     *
     * @throws Problem if it cannot be fetched, or what came is no model
     */
    static Path file(String word, Supplier<Configuration> hadoop) {
        if (!FileAddress.isOne(word)) return PictureListing.path(word);
        Storage storage = new Storage(word, word);
        return storage.ask(CANNOT, () -> {
            FileSystem files = storage.files(hadoop.get());
            FileStatus status = status(files, storage);
            Content content = new Content(
                    status.getPath().toString(),
                    status.getModificationTime(),
                    status.getLen(),
                    UserGroupInformation.getCurrentUser().getShortUserName());
            synchronized (FETCHED) {
                Path before = FETCHED.get(content);
                if (before != null && Files.exists(before)) return before;
                Path fetched = fetched(files, storage);
                FETCHED.put(content, fetched);
                return fetched;
            }
        });
    }

    private static FileStatus status(FileSystem files, Storage storage) throws IOException {
        FileStatus status;
        try {
            status = files.getFileStatus(storage.path());
        } catch (FileNotFoundException none) {
            throw new Problem(
                    "There is no model file \"" + storage.word() + "\".",
                    storage.where(),
                    "check the address: hdfs dfs -ls " + storage.path().getParent(),
                    none);
        }
        if (status.isFile()) return status;
        throw new Problem(
                "Expected a model file, found a folder.",
                storage.where(),
                "name the .fovea file itself, in that folder");
    }

    private static Path fetched(FileSystem files, Storage storage) throws IOException {
        Path folder = Files.createTempDirectory("fovea-spark-");
        Path file = folder.resolve("model.fovea");
        folder.toFile().deleteOnExit(); // last in, first out
        file.toFile().deleteOnExit();
        try (InputStream in = files.open(storage.path())) {
            Files.copy(in, file);
        }
        try {
            Bundle.open(file);
        } catch (Problem problem) {
            Files.delete(file);
            throw new Problem(
                    problem.what(),
                    problem.where().replace(file.toString(), storage.where()),
                    problem.remedy(),
                    problem);
        }
        return file;
    }
}
