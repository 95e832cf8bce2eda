package io.fovea.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the files of a tar archive lie.
 *
 * <p>A header of 512 bytes (name at 0, size in octal at 124, kind at 156, "ustar" at 257), then the content, filled up to a multiple
 * of 512.
 *
 * <p>Source: POSIX.1-1988, ustar.
 */
final class TarEntries {

    private static final int BLOCK = 512;
    private static final int MOST_ENTRIES = 1000;

    private TarEntries() {}

    /** The bytes of one file within the archive. */
    record Place(long start, long end) {}

    static boolean begins(byte[] bytes) {
        return bytes.length >= BLOCK && new String(bytes, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    /** Returns the plain files by name, without a leading {@code ./}. */
    static Map<String, Place> of(ByteSource source, String file) throws IOException {
        Map<String, Place> places = new HashMap<>();
        long position = 0;
        for (int count = 0; position + BLOCK <= source.size(); count++) {
            ByteBuffer header = source.bytes(position, BLOCK);
            if (header.get(0) == 0) break;
            if (count == MOST_ENTRIES) throw ByteSource.broken("The tar archive has too many entries", file, null);
            long start = position + BLOCK;
            long size = size(text(header, 124, 12), file + ", byte " + position);
            if (size > source.size() - start) {
                throw ByteSource.broken(
                        "The tar archive ends before its entry of " + size + " bytes does",
                        file + ", byte " + position,
                        null);
            }
            byte kind = header.get(156);
            if (kind == '0' || kind == 0) {
                places.put(text(header, 0, 100).replaceFirst("^\\./", ""), new Place(start, start + size));
            }
            position = start + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return places;
    }

    private static long size(String octal, String where) {
        String digits = octal.strip();
        if (!digits.matches("[0-7]{1,11}")) throw ByteSource.broken("The tar archive's header is damaged", where, null);
        return Long.parseLong(digits, 8);
    }

    private static String text(ByteBuffer header, int start, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = start; i < start + length && header.get(i) != 0; i++) text.append((char) (header.get(i) & 0xff));
        return text.toString();
    }
}
