package io.fovea.source;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the real pictures that some tests read; without them these tests are skipped. */
public final class RealData {

    private RealData() {}

    public static Path folder(String name) {
        List<String> places = Stream.concat(
                        Optional.ofNullable(System.getenv("FOVEA_DATA")).stream(),
                        Stream.of("../shared/data", "../../shared/data"))
                .toList();
        Optional<Path> found = places.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(found.isPresent(), "Skipped: no folder \"" + name + "\" in $FOVEA_DATA or " + places);
        return found.orElseThrow();
    }
}
