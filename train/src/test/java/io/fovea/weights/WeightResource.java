package io.fovea.weights;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where tests find files of weights. */
public final class WeightResource {

    private WeightResource() {}

    /** Returns a small golden file that a script in src/test/python/weights wrote. */
    public static Path path(String name) {
        try {
            return Path.of(WeightResource.class.getResource("/weights/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a file of the shared real data, or skips the test where that is absent. */
    public static Path data(String name) {
        Path file = Stream.of(
                        System.getenv().getOrDefault("FOVEA_DATA", ""),
                        "../shared/data",
                        "../../shared/data",
                        "../../../shared/data")
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
        assumeTrue(Files.exists(file), "the shared data set " + name + " is not on this machine");
        return file;
    }
}
