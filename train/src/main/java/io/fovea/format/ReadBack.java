package io.fovea.format;

import io.fovea.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Files that are written and read again before they are put into place. */
final class ReadBack {

    private ReadBack() {}

    /** Has a file written and read beside the target, and moves it there; whatever fails leaves what was there. */
    static void write(Path target, Consumer<Path> writtenAndRead) {
        AtomicFile.write(target, out -> {
            Path folder = Files.createTempDirectory("fovea-export");
            Path part = folder.resolve("part");
            try {
                writtenAndRead.accept(part);
                Files.copy(part, out);
            } finally {
                delete(part, folder);
            }
        });
    }

    private static void delete(Path part, Path folder) throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(folder);
    }
}
