package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

/**
 * A file that the driver hands out.
 *
 * @param path     on the driver
 * @param size     in bytes; −1 for a folder of classes, which is used where it lies or not at all
 * @param modified in milliseconds since 1970
 * @param address  where the driver hands it out
 */
record HandedFile(String path, long size, long modified, String address) implements Serializable {

    /** Returns a file as it is now. */
    static HandedFile of(File file, String address) {
        return new HandedFile(file.getPath(), file.length(), file.lastModified(), address);
    }

    /** Returns a folder that is only looked for where it lies. */
    static HandedFile folder(File folder) {
        return new HandedFile(folder.getPath(), -1, 0, "");
    }

    /** Whether this machine has the same in the same place, as far as size and time tell. */
    boolean isHere() {
        File file = new File(path);
        if (size < 0) return file.isDirectory();
        return file.isFile() && file.length() == size && file.lastModified() == modified;
    }

    /**
     * Fetches it.
     *
     * @throws Problem     if it is a folder
     * @throws IOException if the driver does not hand it out, or there is no room for it
     */
    void fetch(Path to) throws IOException {
        if (size < 0)
            throw new Problem(
                    "The program's classes lie in a folder that " + Utils.localHostName() + " does not have.",
                    path,
                    "run the packaged program");
        Files.createDirectories(to.getParent());
        try (ReadableByteChannel in = SparkEnv.get().rpcEnv().openChannel(address)) {
            Files.copy(Channels.newInputStream(in), to);
        }
        long found = Files.size(to);
        if (found != size)
            throw new IOException("Expected " + size + " bytes of " + path + " from the driver, found " + found);
    }
}
