package io.fovea.codec;

import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * The bytes of a picture file with the name under which problems report it; reading past the end is a problem.
 *
 * @param bytes  the whole file, not copied
 * @param name   its path, or whatever tells the user which picture it is
 * @param limits what it may cost
 */
record PictureFile(byte[] bytes, String name, PictureLimits limits) {

    /** The longest side that OpenCV decodes. */
    private static final int LONGEST_SIDE = 1 << 20;

    PictureFile {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(limits, "limits");
    }

    int length() {
        return bytes.length;
    }

    /** Returns the byte at {@code at}, 0 to 255. */
    int byteAt(long at) {
        need(at, 1);
        return bytes[(int) at] & 0xff;
    }

    int shortAt(long at, Endian endian) {
        int first = byteAt(at);
        int second = byteAt(at + 1);
        return endian == Endian.BIG ? first << 8 | second : second << 8 | first;
    }

    /** Returns an unsigned 32-bit number. */
    long intAt(long at, Endian endian) {
        long first = shortAt(at, endian);
        long second = shortAt(at + 2, endian);
        return endian == Endian.BIG ? first << 16 | second : second << 16 | first;
    }

    /** Whether the file holds these letters, as ASCII, at {@code at}. */
    boolean holds(String letters, long at) {
        if (at < 0 || at + letters.length() > bytes.length) return false;
        for (int i = 0; i < letters.length(); i++) if (bytes[(int) at + i] != (byte) letters.charAt(i)) return false;
        return true;
    }

    String text(int at, int length) {
        need(at, length);
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    /** Fails unless the file reaches from {@code at} over {@code count} bytes. */
    void need(long at, long count) {
        if (at < 0 || at + count > bytes.length) throw cutOff();
    }

    /** Fails if a picture of this size may not be decoded; header readers call it as soon as they know the size. */
    void needSize(long height, long width) {
        if (height < 1 || width < 1) throw damaged("its size is " + width + "x" + height + " pixels");
        if (height > LONGEST_SIDE || width > LONGEST_SIDE || height * width > limits.maximumPixels()) {
            throw new Problem(
                    String.format(
                            Locale.ROOT,
                            "The picture is too large: expected at most %,d pixels, found %,d x %,d",
                            limits.maximumPixels(),
                            width,
                            height),
                    name,
                    "make the picture smaller, or leave it out");
        }
    }

    Problem cutOff() {
        return new Problem(
                "The picture is cut off: its data ends after " + bytes.length + " bytes",
                name,
                "copy or download the file again, or leave it out");
    }

    Problem damaged(String how) {
        return new Problem("The picture is damaged: " + how, name, "copy or download the file again, or leave it out");
    }

    Problem unsupported(String what) {
        return new Problem(what, name, "save the picture as PNG or JPEG with 8 bits per channel");
    }

    /** The order of the bytes of a number. */
    enum Endian {
        BIG,
        LITTLE
    }
}
