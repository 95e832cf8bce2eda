package io.fovea.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A folder that is not there for a while. */
record HiddenFolder(Path folder) {

    <T> T whileHidden(Supplier<T> deed) throws IOException {
        Path aside = folder.resolveSibling(".hidden");
        Files.move(folder, aside);
        try {
            return deed.get();
        } finally {
            Files.move(aside, folder);
        }
    }
}
