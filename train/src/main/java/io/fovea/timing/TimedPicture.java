package io.fovea.timing;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a picture file that is answered for. They are shared, not copied.
 *
 * @param name what a problem calls it
 */
record TimedPicture(String name, byte[] bytes) {

    /** More are not kept in memory: what differs from picture to picture is seen by then. */
    static final int MOST = 64;

    /**
     * Reads the first {@value #MOST} of some files.
     *
     * @throws Problem if one cannot be read
     */
    static List<TimedPicture> read(List<Path> files) {
        List<TimedPicture> pictures = new ArrayList<>();
        for (Path file : files.subList(0, Math.min(MOST, files.size()))) {
            try {
                pictures.add(new TimedPicture(file.toString(), Files.readAllBytes(file)));
            } catch (IOException failure) {
                throw new Problem(
                        Files.exists(file)
                                ? "The picture cannot be read: " + failure.getMessage() + "."
                                : "There is no picture \"" + file + "\".",
                        file.toAbsolutePath().normalize().toString(),
                        "check the path",
                        failure);
            }
        }
        return pictures;
    }

    /**
     * Returns those that a model carries.
     *
     * @throws Problem if it carries none
     */
    static List<TimedPicture> golden(Bundle bundle, String where) {
        List<TimedPicture> pictures = new ArrayList<>();
        for (GoldenPicture golden : bundle.manifest().golden())
            pictures.add(new TimedPicture(golden.file(), bundle.golden(golden)));
        if (!pictures.isEmpty()) return pictures;
        throw new Problem("The model carries no pictures.", where, "name some with --pictures");
    }
}
