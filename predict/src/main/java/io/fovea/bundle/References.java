package io.fovea.bundle;

import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The pictures that a model compares others with, in their order: which class each has, where it comes from, and what it looks like.
 *
 * <p>In the bundle: {@value #TABLE} with a line for each, and sheets {@code references/0001.png}, {@code 0002.png} … (JPEG if coloured) of
 * the prepared pictures in reading order, as many in a row and as many rows as fit into 1,400 pixels, at most 50. They are read when they
 * are asked for, one sheet at a time. Threads may share it.
 */
public final class References {

    /** The entry with a line for each reference. */
    public static final String TABLE = "references.csv";
    /** The folder of the sheets. */
    public static final String FOLDER = "references/";

    private record Sheet(String entry, Pixels picture) {}

    private final Manifest manifest;
    private final ReferenceSheets sheets;
    private final Function<String, byte[]> entries;
    private final String where;
    private List<Reference> table = List.of();
    private Sheet last = new Sheet("", new Pixels(1, 1, 1, new byte[1]));

    /** @param entries an entry's content by its name */
    References(Manifest manifest, Function<String, byte[]> entries, String where) {
        this.manifest = manifest;
        this.sheets = new ReferenceSheets(manifest.preprocessing());
        this.entries = entries;
        this.where = where;
    }

    /**
     * Returns the entries of a bundle that hold references.
     *
     * @param table    in the order of their positions, from 0
     * @param pictures the prepared picture at a position; asked for once each, in their order
     */
    public static Map<String, byte[]> entries(
            List<Reference> table, IntFunction<Pixels> pictures, Preprocessing preprocessing) {
        for (int i = 0; i < table.size(); i++) {
            if (table.get(i).position() != i)
                throw new IllegalArgumentException(
                        "Reference " + i + " has the position " + table.get(i).position());
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(TABLE, ReferenceTable.bytes(table));
        entries.putAll(new ReferenceSheets(preprocessing).written(table.size(), pictures));
        return entries;
    }

    /** Returns whether an entry belongs to the references. */
    static boolean holds(String entry) {
        return entry.equals(TABLE) || entry.startsWith(FOLDER);
    }

    /**
     * Returns all references in their order.
     *
     * @throws Problem if the table is damaged, a sheet is missing, or the file they were in has changed or gone since it was opened
     */
    public synchronized List<Reference> all() {
        if (table.isEmpty()) table = read();
        return table;
    }

    private List<Reference> read() {
        List<Reference> read =
                ReferenceTable.read(entries.apply(TABLE), manifest.task().names(), where + ", entry \"" + TABLE + "\"");
        Set<String> listed = manifest.files().stream().map(FileEntry::name).collect(Collectors.toSet());
        for (Reference reference : read) {
            String sheet = sheets.entry(reference.position());
            if (!listed.contains(sheet)) throw damaged("The sheet \"" + sheet + "\" is missing");
        }
        return read;
    }

    /**
     * Returns what is known of the reference at a position.
     *
     * @throws Problem as {@link #all}, or if the table ends before that position
     */
    public Reference at(int position) {
        List<Reference> all = all();
        if (position < all.size()) return all.get(position);
        throw damaged("There is no reference " + position + " in \"" + TABLE + "\", which has " + all.size());
    }

    /**
     * Returns the prepared picture of the reference at a position; a coloured one as JPEG left it.
     *
     * @throws Problem as {@link #at}, or if its sheet cannot be read or is too small
     */
    public synchronized Pixels picture(int position) {
        String entry = sheets.entry(at(position).position());
        if (!last.entry().equals(entry)) {
            ColorMode mode = manifest.preprocessing().colorMode();
            String place = where + ", entry \"" + entry + "\"";
            last = new Sheet(entry, PictureDecoder.decode(entries.apply(entry), place, mode));
        }
        try {
            return sheets.cut(last.picture(), position);
        } catch (IllegalArgumentException tooSmall) {
            throw damaged("Entry \"" + entry + "\": " + tooSmall.getMessage());
        }
    }

    private Problem damaged(String what) {
        return new Problem(what + ".", where, "export the model again, or copy the file again from where it came from");
    }
}
