package io.fovea.note;

import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notes of a workspace. Threads may share it. */
public final class Notes {

    private final NoteTables database;

    /** Those that a database holds. */
    public Notes(NoteTables database) {
        this.database = database;
    }

    /**
     * Returns all notes of a shelf by the names of the things.
     *
     * @throws Problem if the database cannot be read
     */
    public Map<String, Note> of(Shelf shelf) {
        if (database.isAbsent()) return Map.of();
        return database.with(handle -> {
            Map<String, Note> notes = new LinkedHashMap<>();
            handle.createQuery("SELECT name, tags, text FROM note WHERE shelf = :shelf ORDER BY name")
                    .bind("shelf", shelf.folder())
                    .map((row, _) -> Map.entry(
                            row.getString("name"),
                            new Note(List.of(row.getString("tags").split(",")), row.getString("text"))))
                    .forEach(entry -> notes.put(entry.getKey(), entry.getValue()));
            return notes;
        });
    }

    /**
     * Keeps a note in the place of the one before; an empty one removes it.
     *
     * @throws Problem if the database cannot be written
     */
    public void put(Shelf shelf, String name, Note note) {
        database.with(handle -> {
            handle.createUpdate("DELETE FROM note WHERE shelf = :shelf AND name = :name")
                    .bind("shelf", shelf.folder())
                    .bind("name", name)
                    .execute();
            if (!note.saysNothing())
                handle.createUpdate("INSERT INTO note (shelf, name, tags, text) VALUES (:shelf, :name, :tags, :text)")
                        .bind("shelf", shelf.folder())
                        .bind("name", name)
                        .bind("tags", String.join(",", note.tags()))
                        .bind("text", note.text())
                        .execute();
            return true;
        });
    }
}
