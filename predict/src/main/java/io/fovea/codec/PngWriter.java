package io.fovea.codec;

import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes {@link Pixels} as PNG, 8-bit grey or RGB, without loss; the same picture always gives the same bytes.
 *
 * <p>Each row is stored as it is or as differences, whichever promises to compress best.
 *
 * <p>Threads may share it; it holds nothing. Source: W3C PNG specification, third edition (2025).
 */
public final class PngWriter {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte GREY = 0;
    private static final byte RGB = 2;

    private PngWriter() {}

    /**
     * Writes the picture to {@code target}, which appears whole or not at all; an existing file is replaced.
     *
     * @throws Problem if the file cannot be written
     */
    public static void write(Pixels picture, Path target) {
        byte[] content = bytes(picture);
        Path absolute = target.toAbsolutePath();
        try {
            // Not a temporary file of Java's: those are for their owner's eyes only, and would stay so.
            Path beside = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.write(beside, content);
                move(beside, absolute);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException failure) {
            throw new Problem(
                    "The picture cannot be written: " + failure,
                    target.toString(),
                    "check that the folder exists, that you may write there, and that the disk has room",
                    failure);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException ordinaryFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Returns the picture as the bytes of a PNG file. */
    public static byte[] bytes(Pixels picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(picture.values().length / 2 + 100);
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(picture.width()).putInt(picture.height());
        header.put((byte) 8).put(picture.channels() == 1 ? GREY : RGB).put(new byte[3]);
        chunk(out, "IHDR", header.array(), header.capacity());
        byte[] rows = PngRows.filtered(picture);
        byte[] compressed = new byte[rows.length + rows.length / 1000 + 100];
        chunk(out, "IDAT", compressed, compress(rows, compressed));
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static int compress(byte[] from, byte[] to) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(from);
            deflater.finish();
            int length = deflater.deflate(to);
            if (!deflater.finished()) throw new IllegalStateException("compressed data longer than " + to.length);
            return length;
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String kind, byte[] data, int length) {
        byte[] letters = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(letters);
        sum.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(letters);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
