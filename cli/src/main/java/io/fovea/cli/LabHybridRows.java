package io.fovea.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The finished rows of a lab, each in a file of the run's folder. */
final class LabHybridRows {

    private final Path folder;

    LabHybridRows(Path runFolder) {
        folder = runFolder.resolve("rows");
    }

    /** Returns what names a row's files and model. */
    static String key(LabHybridMethod method, LabHybridColumn column) {
        return column.pictures().word() + "x" + column.epochs() + "-" + method.key();
    }

    /** Returns the row if it is there, whole, and its model still is. */
    Optional<LabHybridRow> find(LabHybridMethod method, LabHybridColumn column) {
        Path file = file(method, column);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            LabHybridRow row = new ObjectMapper().readValue(Files.readString(file), LabHybridRow.class);
            return Files.isRegularFile(Path.of(row.bundle())) ? Optional.of(row) : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty(); // it is made again
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Keeps a row. */
    void keep(LabHybridMethod method, LabHybridRow row) {
        AtomicFile.write(file(method, row.column()), Console.asJson(row).getBytes(StandardCharsets.UTF_8));
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

    private Path file(LabHybridMethod method, LabHybridColumn column) {
        return folder.resolve(key(method, column) + ".json");
    }
}
