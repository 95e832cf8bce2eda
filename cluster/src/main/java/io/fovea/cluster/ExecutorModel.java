package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.codec.PictureLimits;
import io.fovea.file.Hash;
import io.fovea.predict.Answer;
import io.fovea.predict.Decoder;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A model file that Spark sends to every executor, where one model serves all tasks.
 *
 * <p>The models of a process are kept as long as it lives, by what is in their files: tasks come and go, and none of them is the last. The first task
 * that asks loads the file and replays its golden pictures, others wait for it; what a machine computes otherwise than the one that made the model is
 * found before the first answer.
 *
 * @param sha256  of the file, in hex
 * @param address where the driver hands the file out
 */
record ExecutorModel(String sha256, String address) implements Serializable {

    private static final int BYTES_PER_PIXEL = 12;

    /** Files on the driver, by what is in them: Spark wants a name to mean one place as long as the driver lives. */
    private static final Map<String, Path> SENT = new ConcurrentHashMap<>();

    /** Loaded in this process, by what is in the file. */
    private static final Map<String, Decoder> LOADED = new ConcurrentHashMap<>();

    private static final Object LARGE_PICTURE = new Object();

    private static final PictureLimits MOST = limits(1);
    private static final PictureLimits SIDE_BY_SIDE =
            limits(Runtime.getRuntime().availableProcessors());

    /**
     * Sends a model file to the executors that there are and that come.
     *
     * @throws Problem if it cannot be read
     */
    static ExecutorModel send(Path file, SparkContext spark) {
        String sha256;
        try {
            sha256 = Hash.of(file);
        } catch (RuntimeException unreadable) {
            throw new Problem(
                    "The model file cannot be read: " + unreadable.getMessage() + ".",
                    file.toString(),
                    "check the path, and that you may read it",
                    unreadable);
        }
        String name = fileName(sha256);
        Path sent = SENT.computeIfAbsent(sha256, each -> copy(file, name));
        spark.addFile(sent.toString());
        String address = CollectionConverters.asJava(spark.listFiles()).stream()
                .filter(each -> each.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        return new ExecutorModel(sha256, address);
    }

    /** Under a name of its own, since files of one name would be taken for one another. */
    private static Path copy(Path file, String name) {
        try {
            Path folder = Files.createTempDirectory("fovea-spark-");
            Path copy = Files.copy(file, folder.resolve(name));
            folder.toFile().deleteOnExit(); // last in, first out
            copy.toFile().deleteOnExit();
            return copy;
        } catch (IOException failure) {
            throw new Problem(
                    "The model file cannot be copied for the executors: " + failure.getMessage() + ".",
                    file + ", " + System.getProperty("java.io.tmpdir"),
                    "make room there, or name another folder with -Djava.io.tmpdir=DIR",
                    failure);
        }
    }

    private static String fileName(String sha256) {
        return sha256 + ".fovea";
    }

    /**
     * Returns the model in this process; loads it if it is the first time.
     *
     * @throws Problem if it does not prove itself on its golden pictures here
     */
    Decoder decoder() {
        // Tasks are what runs side by side: a thread of its own for each costs less than several for one.
        return LOADED.computeIfAbsent(
                sha256, each -> Decoder.of(Bundle.open(file()), PredictionOptions.DEFAULT.withThreads(1)));
    }

    /** Spark brings files to tasks of the session that added them; a query of another session asks the driver for it. */
    private Path file() {
        Path brought = Path.of(SparkFiles.get(fileName(sha256)));
        if (Files.exists(brought)) return brought;
        try (ReadableByteChannel in = SparkEnv.get().rpcEnv().openChannel(address)) {
            Path fetched = Files.createTempFile(Path.of(SparkFiles.getRootDirectory()), "fovea-", ".fovea");
            Files.copy(Channels.newInputStream(in), fetched, StandardCopyOption.REPLACE_EXISTING);
            fetched.toFile().deleteOnExit();
            return fetched;
        } catch (IOException failure) {
            throw new Problem(
                    "The model file does not come from the driver: " + Words.of(failure) + ".",
                    address,
                    "check that executors can reach the driver, and have room in their folders (spark.local.dir)",
                    failure);
        }
    }

    /**
     * Returns what the model says about the bytes of a picture file, the same bits as {@link Decoder#answer(byte[], String)}.
     *
     * @param name what a problem calls the picture
     * @throws Problem if they are no picture, or one that this process has no memory for
     */
    Answer answer(byte[] picture, String name) {
        Decoder decoder = decoder();
        return decoder.answers(List.of(placed(decoder, picture, name))).get(0);
    }

    /** Small pictures are decoded side by side, large ones one after the other, so that no number of tasks fills the memory. */
    private static PlacedPicture placed(Decoder decoder, byte[] picture, String name) {
        try {
            return decoder.place(picture, name, SIDE_BY_SIDE);
        } catch (Problem problem) {
            if (MOST.equals(SIDE_BY_SIDE)) throw problem;
            synchronized (LARGE_PICTURE) {
                return decoder.place(picture, name, MOST);
            }
        }
    }

    /** Returns what a picture may cost if so many are decoded at once: a quarter of the memory for all, so that small ones and a large one have half. */
    private static PictureLimits limits(int atOnce) {
        PictureLimits most = PictureLimits.DEFAULT;
        long memory = Runtime.getRuntime().maxMemory() / 4 / atOnce;
        return new PictureLimits(
                Math.min(most.maximumBytes(), memory), Math.min(most.maximumPixels(), memory / BYTES_PER_PIXEL));
    }

    /** Returns the largest file that is read here. */
    static long mostBytes() {
        return MOST.maximumBytes();
    }
}
