package io.fovea.note;

import io.fovea.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who made what, on a server that several people share. What was made at the terminal has no owner. Threads may share it. */
public final class Owners {

    private final NoteTables database;

    /** Those that a database holds. */
    public Owners(NoteTables database) {
        this.database = database;
    }

    /**
     * Returns the owners of the things in a folder of the workspace by their names.
     *
     * @param place the folder's name: that of a shelf, or of what has none
     * @throws Problem if the database cannot be read
     */
    public Map<String, String> of(String place) {
        if (database.isAbsent()) return Map.of();
        return database.with(handle -> {
            Map<String, String> owners = new LinkedHashMap<>();
            handle.createQuery("SELECT name, owner FROM owner WHERE shelf = :shelf ORDER BY name")
                    .bind("shelf", place)
                    .map((row, _) -> Map.entry(row.getString("name"), row.getString("owner")))
                    .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
            return owners;
        });
    }

    /**
     * Returns the owner of a thing.
     *
     * @throws Problem if the database cannot be read
     */
    public Optional<String> of(String place, String name) {
        return Optional.ofNullable(of(place).get(name));
    }

    /**
     * Gives a thing that is new an owner, in the place of whoever owned one of this name before.
     *
     * @throws Problem if the database cannot be written
     */
    public void put(String place, String name, String owner) {
        database.with(handle -> {
            handle.execute("DELETE FROM owner WHERE shelf = ? AND name = ?", place, name);
            return handle.execute("INSERT INTO owner (shelf, name, owner) VALUES (?, ?, ?)", place, name, owner);
        });
    }

    /**
     * Forgets the owner of a thing that was deleted.
     *
     * @throws Problem if the database cannot be written
     */
    public void remove(String place, String name) {
        if (database.isAbsent()) return;
        database.with(handle -> handle.execute("DELETE FROM owner WHERE shelf = ? AND name = ?", place, name));
    }
}
