package io.fovea.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A few opened things, kept open between requests; one whose file was changed is opened anew, and whoever reads the old one reads on. Threads may share
 * it.
 */
public final class OpenFiles<T extends AutoCloseable> {

    private final int most;
    private final Function<Path, T> opener;
    private final Map<Path, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Nothing is open yet.
     *
     * @param most   how many are kept open
     * @param opener of a place
     */
    public OpenFiles(int most, Function<Path, T> opener) {
        this.most = most;
        this.opener = opener;
    }

    private static final class Kept<T> {
        final T thing;
        final Object version;
        int readers;
        boolean left;

        Kept(T thing, Object version) {
            this.thing = thing;
            this.version = version;
        }
    }

    /**
     * Reads from a thing.
     *
     * @param changed the file that tells by its time and length whether the thing is another one now
     */
    public <R> R with(Path place, Path changed, Function<T, R> read) {
        Kept<T> entry = taken(place, version(changed));
        try {
            return read.apply(entry.thing);
        } finally {
            givenBack(entry);
        }
    }

    /** Closes a thing once nobody reads it. */
    synchronized void forget(Path place) {
        Kept<T> entry = kept.remove(place);
        if (entry != null) leave(entry);
    }

    private synchronized Kept<T> taken(Path place, Object version) {
        Kept<T> entry = kept.get(place);
        if (entry != null && !entry.version.equals(version)) {
            leave(kept.remove(place));
            entry = null;
        }
        if (entry == null) {
            entry = new Kept<>(opener.apply(place), version);
            kept.put(place, entry);
            Iterator<Kept<T>> oldest = kept.values().iterator();
            List<Kept<T>> surplus = new ArrayList<>();
            for (int i = kept.size(); i > most; i--) {
                surplus.add(oldest.next());
                oldest.remove();
            }
            surplus.forEach(this::leave);
        }
        entry.readers++;
        return entry;
    }

    private synchronized void givenBack(Kept<T> entry) {
        entry.readers--;
        if (entry.left && entry.readers == 0) close(entry.thing);
    }

    private void leave(Kept<T> entry) {
        entry.left = true;
        if (entry.readers == 0) close(entry.thing);
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception harmless) {
            // it was only read
        }
    }

    private static Object version(Path file) {
        try {
            return List.of(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException absent) {
            return List.of();
        }
    }
}
