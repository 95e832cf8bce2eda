package io.fovea.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The finished rows of a lab, each in a file of the run's folder. */
final class HybridRows {

    private final Path folder;

    HybridRows(Path runFolder) {
        folder = runFolder.resolve("rows");
    }

    /** Returns what names a row's files and model. */
    static String key(HybridMethod method, HybridColumn column) {
        return column.pictures().word() + "x" + column.epochs() + "-" + method.key();
    }

    /** Returns the row if it is there, whole, and its model still is. */
    Optional<HybridRow> find(HybridMethod method, HybridColumn column) {
        Path file = file(method, column);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            HybridRow row = new ObjectMapper().readValue(Files.readString(file), HybridRow.class);
            return Files.isRegularFile(Path.of(row.bundle())) ? Optional.of(row) : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty(); // it is made again
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Keeps a row. */
    void keep(HybridMethod method, HybridRow row) {
        AtomicFile.write(file(method, row.column()), json(row));
    }

    private static byte[] json(HybridRow row) {
        try {
            return new ObjectMapper().writeValueAsBytes(row);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Deletes the rows, once all of them stand in a report. */
    void forget() {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(folder);
            Files.delete(folder.getParent());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file(HybridMethod method, HybridColumn column) {
        return folder.resolve(key(method, column) + ".json");
    }
}
