package io.fovea.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar that keeps the bytes of its entries' names, which the library turns into characters, U+FFFD for what it cannot read.
 *
 * <p>A name stands in the header (ustar), in an entry of its own before it (GNU's long names), or in a record of a pax header. The first two
 * are read as Latin-1, in which every byte is a character; the third is taken from the bytes of the header as they pass by.
 *
 * <p>Source: POSIX.1-2017, pax, "pax Extended Header": records "LENGTH KEYWORD=VALUE\n".
 */
final class NamedTar extends TarArchiveInputStream {

    private static final int TYPE_AT = 156;

    private final ByteArrayOutputStream extended = new ByteArrayOutputStream();
    private boolean inExtended;

    NamedTar(InputStream in) {
        super(in, StandardCharsets.ISO_8859_1.name());
    }

    /** An entry, and its name as it is stored. */
    record Named(TarArchiveEntry entry, byte[] name) {}

    /** Returns the next entry, or nothing at the end. */
    Optional<Named> next() throws IOException {
        extended.reset();
        inExtended = false;
        TarArchiveEntry entry = getNextEntry();
        inExtended = false;
        if (entry == null) return Optional.empty();
        byte[] records = extended.toByteArray();
        byte[] name = value(records, "GNU.sparse.name")
                .or(() -> value(records, "path"))
                .orElseGet(() -> entry.getName().getBytes(StandardCharsets.ISO_8859_1));
        return Optional.of(new Named(entry, name));
    }

    @Override
    protected byte[] readRecord() throws IOException {
        byte[] header = super.readRecord();
        inExtended = header != null
                && header.length > TYPE_AT
                && (header[TYPE_AT] == TarConstants.LF_PAX_EXTENDED_HEADER_LC
                        || header[TYPE_AT] == TarConstants.LF_PAX_EXTENDED_HEADER_UC);
        return header;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (inExtended && count > 0) extended.write(target, offset, count);
        return count;
    }

    /** Returns the last value of a keyword; the library has seen before that the records are whole. */
    private static Optional<byte[]> value(byte[] records, String keyword) {
        // Latin-1 keeps every byte one character.
        String text = new String(records, StandardCharsets.ISO_8859_1);
        Optional<byte[]> value = Optional.empty();
        int at = 0;
        for (int space = text.indexOf(' '); space > at; space = text.indexOf(' ', at)) {
            String length = text.substring(at, space);
            if (!length.matches("\\d{1,9}")) break;
            int end = Math.min(at + Integer.parseInt(length), text.length());
            if (text.startsWith(keyword + "=", space + 1) && end - 1 > space + 1 + keyword.length())
                value = Optional.of(
                        text.substring(space + keyword.length() + 2, end - 1).getBytes(StandardCharsets.ISO_8859_1));
            at = end;
        }
        return value;
    }
}
