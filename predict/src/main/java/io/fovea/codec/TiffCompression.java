package io.fovea.codec;

import io.fovea.codec.TiffLayout.Alpha;
import io.fovea.codec.TiffLayout.Meaning;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the strips and tiles of a TIFF file: plain, PackBits, LZW, deflate, or JPEG.
 *
 * <p>Source: TIFF 6.0 (1992), sections 9, 13 and 14; Adobe Photoshop TIFF Technical Notes (2002) for deflate.
 */
final class TiffCompression {

    private static final int PLAIN = 1;
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int OLD_DEFLATE = 32946;
    private static final int PACK_BITS = 32773;

    private static final int FILL_ORDER = 266;
    private static final int PREDICTOR = 317;

    private final TiffLayout layout;
    private final TiffGrid grid;
    private final boolean lowestBitFirst;
    private final boolean differences;
    private final int[] sharing;

    private TiffCompression(TiffLayout layout, TiffGrid grid) {
        TiffDirectory directory = layout.directory();
        this.layout = layout;
        this.grid = grid;
        this.lowestBitFirst = directory.number(FILL_ORDER, 1) == 2;
        int kind = layout.compression();
        boolean predicts = kind == LZW || kind == DEFLATE || kind == OLD_DEFLATE;
        long predictor = predicts ? directory.number(PREDICTOR, 1) : 1;
        this.differences = predictor == 2;
        this.sharing =
                layout.meaning() == Meaning.YCBCR && kind != JPEG ? TiffYCbCr.subsampling(directory) : new int[] {1, 1};
        if (predictor < 1 || predictor > 2 || differences && layout.bits() != 8 && layout.bits() != 16) {
            throw TiffLayout.refused(
                    directory,
                    "differences of 8 or 16 bits",
                    "predictor " + predictor + " of " + layout.bits() + " bits");
        }
        needReadable();
    }

    static TiffCompression of(TiffLayout layout, TiffGrid grid) {
        return new TiffCompression(layout, grid);
    }

    /** Whether YCbCr has become RGB already. */
    boolean givesRgb() {
        return layout.compression() == JPEG && layout.meaning() == Meaning.YCBCR;
    }

    private void needReadable() {
        TiffDirectory directory = layout.directory();
        switch (layout.compression()) {
            case PLAIN, LZW, DEFLATE, OLD_DEFLATE, PACK_BITS -> {}
            case JPEG -> {
                boolean plain = layout.bits() == 8 && layout.alpha() == Alpha.NONE && layout.meaning() != Meaning.CMYK;
                if (!plain || !layout.planar() && layout.samples() != 1 && layout.samples() != 3) {
                    throw TiffLayout.refused(
                            directory,
                            "grey or three colours of 8 bits as JPEG",
                            "JPEG of " + layout.samples() + " samples of " + layout.bits() + " bits");
                }
                if (givesRgb() && layout.planar()) throw TiffLayout.refused(directory, "YCbCr side by side", "planes");
            }
            default ->
                throw TiffLayout.refused(
                        directory,
                        "plain, PackBits, LZW, deflate, JPEG or fax data",
                        "compression " + layout.compression());
        }
        if (layout.meaning() != Meaning.YCBCR || layout.compression() == JPEG) return;
        boolean shared = sharing[0] != 1 || sharing[1] != 1;
        if (layout.bits() != 8
                || shared && (layout.planar() || layout.samples() != 3 || differences)
                || !isSharing(sharing[0])
                || !isSharing(sharing[1])) {
            throw TiffLayout.refused(
                    directory,
                    "YCbCr of 8 bits, side by side",
                    layout.samples() + " samples of " + layout.bits() + " bits, shared by " + sharing[0] + "x"
                            + sharing[1] + (layout.planar() ? ", in planes" : ""));
        }
    }

    private static boolean isSharing(int pixels) {
        return pixels == 1 || pixels == 2 || pixels == 4;
    }

    /** Returns the samples of a strip or tile. */
    TiffSamples samples(PictureFile file, int segment, int rows, int perPixel) {
        long offset = grid.offset(segment);
        long length = grid.length(segment);
        file.need(offset, length);
        long rowBits = (long) grid.width() * perPixel * layout.bits();
        boolean shared = sharing[0] * sharing[1] > 1;
        long needed = shared ? TiffYCbCr.length(rows, grid.width(), sharing) : (rowBits + 7) / 8 * rows;
        if (needed > Integer.MAX_VALUE - 8) {
            throw TiffLayout.refused(layout.directory(), "strips and tiles below 2 GB", needed + " bytes");
        }
        byte[] bytes = file.bytes();
        int at = (int) offset;
        if (lowestBitFirst && layout.compression() != JPEG) {
            bytes = reversed(bytes, at, (int) length);
            at = 0;
        }
        if (layout.compression() != PLAIN) {
            bytes = unpacked(file, bytes, at, (int) length, (int) needed, rows, perPixel);
            at = 0;
        } else if (length < needed) {
            throw file.damaged("a TIFF part of " + length + " bytes where " + needed + " belong");
        }
        if (differences) sum(bytes, rows, (int) ((rowBits + 7) / 8), perPixel);
        if (shared) {
            bytes = TiffYCbCr.expanded(bytes, at, rows, grid.width(), sharing);
            at = 0;
        }
        int rowLength = (int) ((rowBits + 7) / 8);
        return new TiffSamples(
                bytes,
                at,
                rowLength,
                perPixel,
                layout.bits(),
                layout.directory().endian());
    }

    private byte[] unpacked(PictureFile file, byte[] bytes, int at, int length, int needed, int rows, int perPixel) {
        byte[] out = new byte[layout.compression() == JPEG ? 0 : needed];
        int filled =
                switch (layout.compression()) {
                    case PACK_BITS -> unpackBits(bytes, at, length, out);
                    case LZW -> TiffLzw.unpack(file, bytes, at, length, out);
                    case JPEG -> 0;
                    default -> inflate(file, bytes, at, length, out);
                };
        if (layout.compression() == JPEG) return TiffJpeg.samples(layout, at, length, rows, grid.width(), perPixel);
        if (filled < needed) throw file.damaged("TIFF data for " + filled + " of " + needed + " bytes");
        return out;
    }

    /** A byte below 128: so many bytes and one more as they are; above: the next byte 257 minus so many times; 128: nothing. */
    private static int unpackBits(byte[] bytes, int start, int length, byte[] out) {
        int at = start;
        int end = start + length;
        int to = 0;
        while (to < out.length && at < end) {
            int head = bytes[at++];
            if (head == -128) continue;
            int count = Math.min(out.length - to, head < 0 ? 1 - head : head + 1);
            int stored = head < 0 ? 1 : count;
            if (at + stored > end) return to;
            for (int i = 0; i < count; i++) out[to++] = bytes[head < 0 ? at : at + i];
            at += stored;
        }
        return to;
    }

    private static int inflate(PictureFile file, byte[] bytes, int at, int length, byte[] out) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, at, length);
            int filled = 0;
            while (filled < out.length && !inflater.finished()) {
                int count = inflater.inflate(out, filled, out.length - filled);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) break;
                filled += count;
            }
            return filled;
        } catch (DataFormatException failure) {
            throw file.damaged("TIFF data that cannot be unpacked (" + failure.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    /** Every sample is stored as the difference to the one left of it. */
    private void sum(byte[] bytes, int rows, int rowLength, int perPixel) {
        int size = layout.bits() / 8;
        boolean big = layout.directory().endian() == PictureFile.Endian.BIG;
        int step = perPixel * size;
        for (int y = 0; y < rows; y++) {
            int end = (y + 1) * rowLength;
            for (int at = y * rowLength + step; at < end; at += size) {
                if (size == 1) {
                    bytes[at] += bytes[at - step];
                    continue;
                }
                int low = big ? at + 1 : at;
                int high = big ? at : at + 1;
                int lows = (bytes[low] & 0xff) + (bytes[low - step] & 0xff);
                bytes[low] = (byte) lows;
                bytes[high] += (byte) (bytes[high - step] + (lows >> 8));
            }
        }
    }

    private static byte[] reversed(byte[] bytes, int at, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) out[i] = (byte) (Integer.reverse(bytes[at + i]) >>> 24);
        return out;
    }
}
