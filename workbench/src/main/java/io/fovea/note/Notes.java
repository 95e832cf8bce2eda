package io.fovea.note;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The notes of a workspace, in an SQLite file that is made at the first note. Threads may share it. */
public final class Notes {

    private final Path file;
    private Optional<Jdbi> opened = Optional.empty();

    /** @param file need not be there */
    public Notes(Path file) {
        this.file = file;
    }

    /**
     * Returns all notes of a shelf by the names of the things.
     *
     * @throws Problem if the database cannot be read
     */
    public Map<String, Note> of(Shelf shelf) {
        if (!Files.exists(file)) return Map.of();
        return told(() -> {
            Map<String, Note> notes = new LinkedHashMap<>();
            database().useHandle(handle -> handle.createQuery(
                            "SELECT name, tags, text FROM note WHERE shelf = :shelf ORDER BY name")
                    .bind("shelf", shelf.folder())
                    .map((row, _) -> Map.entry(
                            row.getString("name"),
                            new Note(List.of(row.getString("tags").split(",")), row.getString("text"))))
                    .forEach(entry -> notes.put(entry.getKey(), entry.getValue())));
            return notes;
        });
    }

    /**
     * Keeps a note in the place of the one before; an empty one removes it.
     *
     * @throws Problem if the database cannot be written
     */
    public void put(Shelf shelf, String name, Note note) {
        told(() -> {
            database().useTransaction(handle -> {
                handle.createUpdate("DELETE FROM note WHERE shelf = :shelf AND name = :name")
                        .bind("shelf", shelf.folder())
                        .bind("name", name)
                        .execute();
                if (note.saysNothing()) return;
                handle.createUpdate("INSERT INTO note (shelf, name, tags, text) VALUES (:shelf, :name, :tags, :text)")
                        .bind("shelf", shelf.folder())
                        .bind("name", name)
                        .bind("tags", String.join(",", note.tags()))
                        .bind("text", note.text())
                        .execute();
            });
            return true;
        });
    }

    private synchronized Jdbi database() throws IOException {
        if (opened.isPresent() && Files.exists(file)) return opened.get();
        Files.createDirectories(file.toAbsolutePath().getParent());
        String address = "jdbc:sqlite:" + file;
        Flyway.configure(Notes.class.getClassLoader())
                .dataSource(address, null, null)
                .locations("classpath:io/fovea/note")
                .load()
                .migrate();
        opened = Optional.of(Jdbi.create(address));
        return opened.get();
    }

    private interface Asked<T> {
        T answer() throws IOException;
    }

    private <T> T told(Asked<T> asked) {
        try {
            return asked.answer();
        } catch (IOException | JdbiException | FlywayException failure) {
            throw new Problem(
                    "The tags and notes cannot be read or written: "
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + ".",
                    file.toString(),
                    "check the folder's permissions and the free space; if the file is damaged, delete it: only tags"
                            + " and notes are lost",
                    failure);
        }
    }
}
