package io.fovea.codec;

import io.fovea.image.Palette;
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
 * Writes {@link Pixels} as PNG, 8-bit grey or RGB, and labels with a palette, without loss; the same picture always gives the same bytes.
 *
 * <p>Each row is stored as it is or as differences, whichever promises to compress best.
 *
 * <p>Threads may share it; it holds nothing. Source: W3C PNG specification, third edition (2025).
 */
public final class PngWriter {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte GREY = 0;
    private static final byte RGB = 2;
    private static final byte PALETTE = 3;

    private PngWriter() {}

    /**
     * Writes the picture to {@code target}, which appears whole or not at all; an existing file is replaced.
     *
     * @throws Problem if the file cannot be written
     */
    public static void write(Pixels picture, Path target) {
        write(bytes(picture), target);
    }

    /**
     * Writes the bytes of a file to {@code target}, which appears whole or not at all; an existing file is replaced.
     *
     * @throws Problem if the file cannot be written
     */
    public static void write(byte[] content, Path target) {
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
        ByteArrayOutputStream out = begun(picture.height(), picture.width(), picture.channels() == 1 ? GREY : RGB);
        return ended(out, PngRows.filtered(picture));
    }

    /**
     * Returns labels [H, W] as the bytes of a PNG file with the colours of {@link Palette}: a pixel's index is its label.
     *
     * @throws IllegalArgumentException if the number of labels is not H·W
     */
    public static byte[] bytes(int height, int width, byte[] labels) {
        if (labels.length != (long) height * width)
            throw new IllegalArgumentException("Expected " + height + "x" + width + " labels, found " + labels.length);
        ByteArrayOutputStream out = begun(height, width, PALETTE);
        chunk(out, "PLTE", Palette.bytes(), Palette.SIZE * 3);
        // Differences of labels mean nothing, so rows stand as they are: filter 0.
        byte[] rows = new byte[Math.addExact(labels.length, height)];
        for (int y = 0; y < height; y++) System.arraycopy(labels, y * width, rows, y * (width + 1) + 1, width);
        return ended(out, rows);
    }

    private static ByteArrayOutputStream begun(int height, int width, byte kind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put(kind).put(new byte[3]);
        chunk(out, "IHDR", header.array(), header.capacity());
        return out;
    }

    private static byte[] ended(ByteArrayOutputStream out, byte[] rows) {
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
