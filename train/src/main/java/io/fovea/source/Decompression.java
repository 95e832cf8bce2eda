package io.fovea.source;

import io.fovea.file.FolderBounds;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files that may be gzipped, whatever their names say. */
public final class Decompression {

    private static final int BUFFER_BYTES = 1 << 16;

    private Decompression() {}

    /** Opens a file, unpacking it if it begins like gzip. */
    static InputStream open(Path file) throws IOException {
        InputStream stream = new BufferedInputStream(
                Files.newInputStream(FolderBounds.ofThisProcess().checked(file)), BUFFER_BYTES);
        try {
            stream.mark(2);
            boolean gzipped = stream.read() == 0x1f && stream.read() == 0x8b;
            stream.reset();
            return gzipped ? new BufferedInputStream(new GZIPInputStream(stream, BUFFER_BYTES), BUFFER_BYTES) : stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Returns the first bytes of a file as {@link #open} gives them; fewer if it is shorter or damaged. */
    public static byte[] beginning(Path file, int length) throws IOException {
        try (InputStream stream = open(file)) {
            return stream.readNBytes(length);
        }
    }
}
