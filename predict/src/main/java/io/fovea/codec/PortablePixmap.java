package io.fovea.codec;

import io.fovea.image.Pixels;

/**
 * Portable bitmaps, greymaps and pixmaps: P1 to P6, as text or binary, with any number of levels.
 *
 * <p>Own code, because OpenCV does not scale the levels of a file with other than 256.
 *
 * <p>Source: Netpbm, the format pages pbm, pgm and ppm.
 */
final class PortablePixmap {

    private final PictureFile file;
    private final int kind;
    private final int height;
    private final int width;
    private final int levels;
    private int at;

    private PortablePixmap(PictureFile file) {
        this.file = file;
        this.kind = file.byteAt(1) - '0';
        this.at = 2;
        this.width = number();
        this.height = number();
        file.needSize(height, width);
        this.levels = isBitmap() ? 1 : number();
        if (levels < 1 || levels > 65_535)
            throw file.damaged("expected 1 to 65535 as the largest value, found " + levels);
        if (isBinary()) at++; // exactly one blank ends the header
    }

    static boolean begins(PictureFile file) {
        if (file.length() < 3 || file.byteAt(0) != 'P') return false;
        return file.byteAt(1) >= '1' && file.byteAt(1) <= '6' && (isBlank(file.byteAt(2)) || file.byteAt(2) == '#');
    }

    static PortablePixmap read(PictureFile file) {
        return new PortablePixmap(file);
    }

    PictureHeader header() {
        return new PictureHeader(PictureFormat.PORTABLE, height, width, Orientation.UPRIGHT);
    }

    /** Returns the picture; may be called once. */
    Pixels pixels() {
        int channels = kind % 3 == 0 ? 3 : 1;
        int rowLength = width * channels;
        if (isBinary())
            file.need(at, (long) height * (kind == 4 ? (width + 7) / 8 : rowLength * (levels > 255 ? 2L : 1L)));
        byte[] values = new byte[height * rowLength];
        for (int i = 0; i < values.length; i++) values[i] = (byte) (kind == 4 ? bit(i) : scaled(value()));
        return new Pixels(height, width, channels, values);
    }

    private boolean isBinary() {
        return kind >= 4;
    }

    private boolean isBitmap() {
        return kind == 1 || kind == 4;
    }

    private int value() {
        if (kind == 1) return 1 - digit();
        if (!isBinary()) return number();
        if (levels <= 255) return file.byteAt(at++);
        at += 2;
        return file.shortAt(at - 2, PictureFile.Endian.BIG);
    }

    /** In bitmaps 1 is black; rows begin at whole bytes. */
    private int bit(int index) {
        int x = index % width;
        int bits = file.byteAt(at + (long) (index / width) * ((width + 7) / 8) + x / 8);
        return (bits >> 7 - x % 8 & 1) == 1 ? 0 : 255;
    }

    private int scaled(int value) {
        if (value > levels) throw file.damaged("expected values up to " + levels + ", found " + value);
        return (value * 255 + levels / 2) / levels;
    }

    /** Digits of a text bitmap need no blanks between them. */
    private int digit() {
        skipBlanks();
        int digit = file.byteAt(at++) - '0';
        if (digit != 0 && digit != 1) throw file.damaged("expected 0 or 1 at byte " + (at - 1));
        return digit;
    }

    private int number() {
        skipBlanks();
        int start = at;
        long number = 0;
        while (at < file.length() && Character.isDigit(file.byteAt(at))) {
            number = Math.min(number * 10 + file.byteAt(at++) - '0', Integer.MAX_VALUE);
        }
        if (at == start) {
            file.need(at, 1);
            throw file.damaged("expected a number at byte " + at);
        }
        return (int) number;
    }

    private void skipBlanks() {
        while (at < file.length()) {
            if (file.byteAt(at) == '#') while (at < file.length() && file.byteAt(at) != '\n') at++;
            else if (!isBlank(file.byteAt(at))) return;
            else at++;
        }
    }

    private static boolean isBlank(int letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r';
    }
}
