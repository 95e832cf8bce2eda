package io.fovea.hybrid;

import io.fovea.codec.PictureDecoder;
import io.fovea.dataset.PreparedPicture;
import io.fovea.dataset.Split;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A class that a model is to learn.
 *
 * @param name   of the class
 * @param folder of its pictures, which lie in it directly
 */
public record NewClass(String name, Path folder) {

    private static final int HELD_OUT_SHARE = 5;
    private static final int MOST_HELD_OUT = 1_000;

    /** Checks that nothing is missing. */
    public NewClass {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * Reads the pictures and draws a fifth of them, at least 1 and at most 1,000, for the test: those only judge.
     *
     * @param broken gets what could not be read
     * @throws Problem if fewer than two pictures can be read
     */
    List<PreparedPicture> pictures(Preprocessing preprocessing, int label, long seed, List<Problem> broken) {
        List<Path> files = files();
        List<Problem> unreadable = new ArrayList<>();
        List<PreparedPicture> read = new ArrayList<>();
        for (Path file : files) {
            try {
                Pixels picture = preprocessing.prepare(PictureDecoder.decode(file, preprocessing.colorMode()));
                String source = folder.toAbsolutePath().normalize().getFileName() + "/" + file.getFileName();
                read.add(new PreparedPicture(Split.TRAINING, label, source, picture));
            } catch (Problem problem) {
                unreadable.add(problem);
            }
        }
        if (read.size() < 2) throw tooFew(read.size(), unreadable);
        broken.addAll(unreadable);
        int[] drawn = Evolution.permutation(read.size(), new SplittableRandom(seed));
        int heldOut = Math.clamp(read.size() / HELD_OUT_SHARE, 1, MOST_HELD_OUT);
        for (int i = 0; i < heldOut; i++) {
            PreparedPicture picture = read.get(drawn[i]);
            read.set(drawn[i], new PreparedPicture(Split.TEST, label, picture.source(), picture.pixels()));
        }
        return read;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            throw new Problem(
                    (Files.exists(folder) ? "Expected a folder of pictures, found a file: \"" : "There is no folder \"")
                            + folder + "\".",
                    folder.toAbsolutePath().normalize().toString(),
                    "name a folder that holds pictures of the class");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new Problem(
                    "The folder cannot be read: " + failure.getMessage() + ".",
                    folder.toString(),
                    "check that you may read it",
                    failure);
        }
    }

    private Problem tooFew(int read, List<Problem> broken) {
        String found = read == 0 ? "no picture" : "one picture";
        return new Problem(
                broken.isEmpty()
                        ? "The folder for the class \"" + name + "\" holds " + found
                                + ", but two are needed: one to learn from and one to judge by."
                        : "Of the " + (read + broken.size()) + " files for the class \"" + name + "\", " + found
                                + " could be read, but two are needed; of the first that could not: "
                                + broken.getFirst().what(),
                folder.toString(),
                "name a folder that holds pictures of the class, such as JPEG or PNG files, directly in it");
    }
}
