package io.fovea.cluster;

import io.fovea.file.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

/** A folder of a machine that one of its processes fills and all of an application share; it goes with the application. */
final class FetchedFolder {

    private FetchedFolder() {}

    /** Puts files into a folder. */
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws IOException;
    }

    /**
     * Returns the folder of a name, filled; processes of the machine wait for each other.
     *
     * @throws IOException if it cannot be filled: then there is none
     */
    static Path of(String name, Filling filling) throws IOException {
        Path local = Path.of(Utils.getLocalDir(SparkEnv.get().conf()));
        boolean isContainer =
                System.getenv("CONTAINER_ID") != null; // of YARN, whose local folders are the application's already
        Path place = (isContainer ? local : local.getParent()).resolve("fovea-" + name);
        Path complete = place.resolve("files");
        Files.createDirectories(place);
        synchronized (FetchedFolder.class) { // a lock on a file is the whole process's
            try (FileChannel lock =
                    FileChannel.open(place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until the channel is closed
                if (Files.isDirectory(complete)) return complete;
                Path beside = Files.createTempDirectory(place, "files-");
                try {
                    filling.into(beside);
                    Files.move(beside, complete, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException | RuntimeException failure) {
                    FileTree.remove(beside);
                    throw failure;
                }
            }
        }
        return complete;
    }

    /** Returns a short name for what a text says. */
    static String name(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
