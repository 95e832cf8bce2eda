package io.fovea.lab;

import io.fovea.record.RecordYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files beside this class. */
final class RecipeFile {

    private RecipeFile() {}

    /** Returns what {@code NAME.yaml} says. */
    static RecordYaml.Read read(String name) {
        String file = name + ".yaml";
        try (InputStream stream = RecipeFile.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalArgumentException("There is no recipe " + file);
            return RecordYaml.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8), file, "recipe");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
