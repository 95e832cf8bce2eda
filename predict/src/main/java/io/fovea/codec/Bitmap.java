package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import io.fovea.image.ColorConversion;
import io.fovea.image.Pixels;
import java.util.Arrays;

/**
 * Windows and OS/2 bitmaps: 1 to 32 bits per pixel, with a palette, with masks of channels, or run-length encoded.
 *
 * <p>Own code, because OpenCV takes the fourth byte of a pixel for alpha whatever the masks say. A bitmap has alpha if its
 * header has a mask for it, and only then; its transparent pixels lie on white.
 *
 * <p>Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER, BITMAPV5HEADER; IBM, OS/2 2.x
 * BITMAPINFOHEADER2.
 */
final class Bitmap {

    /** How the pixels are stored, by the number in the header. */
    private static final int PLAIN = 0;

    private static final int RUNS_OF_BYTES = 1;
    private static final int RUNS_OF_NIBBLES = 2;
    private static final int MASKS = 3;
    private static final int MASKS_WITH_ALPHA = 6;

    private static final int INFO_AT = 14;
    private static final int CORE_LENGTH = 12;
    private static final int OS_2_LENGTH = 64;
    private static final int LONGEST_INFO = 124;
    private static final int[] LENGTHS_WITH_MASKS = {52, 56, 64, 108, 124};

    private final PictureFile file;
    private final int infoLength;
    private final int width;
    private final int height;
    private final boolean topDown;
    private final int bits;
    private final int storage;

    private Bitmap(PictureFile file) {
        this.file = file;
        this.infoLength = (int) Math.min(number(INFO_AT), Integer.MAX_VALUE);
        if (infoLength != CORE_LENGTH && (infoLength < 16 || infoLength > LONGEST_INFO)) {
            throw file.damaged("expected a BMP header of 12 to 124 bytes, found " + infoLength);
        }
        long signedHeight = isCore() ? file.shortAt(20, Endian.LITTLE) : (int) number(22);
        long storedWidth = isCore() ? file.shortAt(18, Endian.LITTLE) : (int) number(18);
        file.needSize(Math.abs(signedHeight), storedWidth);
        this.width = (int) storedWidth;
        this.height = (int) Math.abs(signedHeight);
        this.topDown = signedHeight < 0;
        this.bits = file.shortAt(isCore() ? 24 : 28, Endian.LITTLE);
        this.storage = infoLength < 20 ? PLAIN : (int) number(30);
        if (!isReadable()) {
            throw file.unsupported(
                    "Expected a BMP of 1 to 32 bits, plain or run-length encoded, found " + bits + " bits " + stored());
        }
        if (dataAt() < INFO_AT + infoLength) throw file.damaged("its pixels begin inside its header");
        if (!isRuns()) file.need(dataAt(), (long) rowLength() * height);
    }

    static Bitmap read(PictureFile file) {
        return new Bitmap(file);
    }

    PictureHeader header() {
        return new PictureHeader(PictureFormat.BMP, height, width, Orientation.UPRIGHT);
    }

    /** Returns the picture, [H, W, 3]. */
    Pixels pixels() {
        byte[] values = new byte[height * width * 3];
        if (bits <= 8) paint(values);
        else unmask(values);
        return new Pixels(height, width, 3, values);
    }

    private boolean isCore() {
        return infoLength == CORE_LENGTH;
    }

    private boolean isRuns() {
        return storage == RUNS_OF_BYTES || storage == RUNS_OF_NIBBLES;
    }

    private boolean isReadable() {
        return switch (storage) {
            case PLAIN -> Arrays.stream(new int[] {1, 2, 4, 8, 16, 24, 32}).anyMatch(known -> known == bits);
            case RUNS_OF_BYTES -> bits == 8;
            case RUNS_OF_NIBBLES -> bits == 4;
            // With a header of OS/2 the same number stands for a fax, which has one bit.
            case MASKS, MASKS_WITH_ALPHA ->
                (bits == 16 || bits == 24 || bits == 32) && (infoLength == 40 || hasMasks());
            default -> false;
        };
    }

    private String stored() {
        return switch (infoLength == OS_2_LENGTH ? -1 : storage) {
            case 4 -> "with a JPEG inside";
            case 5 -> "with a PNG inside";
            default -> "stored in way " + storage + " with a header of " + infoLength + " bytes";
        };
    }

    private boolean hasMasks() {
        return Arrays.stream(LENGTHS_WITH_MASKS).anyMatch(length -> length == infoLength);
    }

    private long dataAt() {
        return number(10);
    }

    /** Bytes of a row, padded to 32 bits. */
    private int rowLength() {
        return (int) (((long) width * bits + 31) / 32 * 4);
    }

    private long number(long at) {
        return file.intAt(at, Endian.LITTLE);
    }

    /** Rows come from the bottom, but for bitmaps of a height below zero. */
    private int storedRow(int y) {
        return topDown ? y : height - 1 - y;
    }

    /** Fills in the colours of the palette. */
    private void paint(byte[] values) {
        byte[] indices = isRuns()
                ? BitmapRuns.indices(file, (int) dataAt(), height, width, storage == RUNS_OF_NIBBLES)
                : plainIndices();
        byte[] palette = palette();
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0, from = storedRow(y) * width; x < width; x++, from++) {
                int entry = (indices[from] & 0xff) * 3;
                if (entry >= palette.length) {
                    throw file.damaged("expected colours below " + palette.length / 3 + " of its palette, found "
                            + (indices[from] & 0xff));
                }
                for (int c = 2; c >= 0; c--) values[to++] = palette[entry + c];
            }
        }
    }

    /** Returns [H, W] indices, rows as stored. */
    private byte[] plainIndices() {
        byte[] indices = new byte[height * width];
        byte[] bytes = file.bytes();
        int perByte = 8 / bits;
        int mask = (1 << bits) - 1;
        for (int y = 0, to = 0; y < height; y++) {
            int row = (int) dataAt() + y * rowLength();
            for (int x = 0; x < width; x++) {
                int shift = 8 - bits - x % perByte * bits;
                indices[to++] = (byte) (bytes[row + x / perByte] >> shift & mask);
            }
        }
        return indices;
    }

    /** Returns blue, green, red of each colour; the palette ends where the pixels begin, whatever number it announces. */
    private byte[] palette() {
        int entryLength = isCore() ? 3 : 4;
        long announced = infoLength < 36 ? 0 : number(46);
        long most = Math.min(1L << bits, (dataAt() - INFO_AT - infoLength) / entryLength);
        int count = (int) (announced == 0 ? most : Math.min(announced, most));
        byte[] palette = new byte[count * 3];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) file.byteAt(INFO_AT + infoLength + (long) (i / 3) * entryLength + i % 3);
        }
        return palette;
    }

    /** Takes every pixel apart by the masks of its channels. */
    private void unmask(byte[] values) {
        BitmapMask[] masks = masks();
        byte[] bytes = file.bytes();
        int length = bits / 8;
        for (int y = 0, to = 0; y < height; y++) {
            int from = (int) dataAt() + storedRow(y) * rowLength();
            for (int x = 0; x < width; x++, from += length) {
                int pixel = 0;
                for (int i = length - 1; i >= 0; i--) pixel = pixel << 8 | bytes[from + i] & 0xff;
                int alpha = masks[3].isEmpty() ? 255 : masks[3].value(pixel);
                for (int c = 0; c < 3; c++) {
                    values[to++] = (byte) ColorConversion.blended(masks[c].value(pixel), alpha);
                }
            }
        }
    }

    /** Returns the masks of red, green, blue and alpha. */
    private BitmapMask[] masks() {
        if (storage == PLAIN) {
            int perChannel = bits == 16 ? 5 : 8;
            int full = (1 << perChannel) - 1;
            return masks(full << 2 * perChannel, full << perChannel, full, 0);
        }
        // Behind a header of 40 bytes, or inside a longer one at the same place.
        boolean alpha = storage == MASKS_WITH_ALPHA || infoLength >= 56;
        return masks((int) number(54), (int) number(58), (int) number(62), alpha ? (int) number(66) : 0);
    }

    private BitmapMask[] masks(int... bitsOfChannels) {
        BitmapMask[] masks = Arrays.stream(bitsOfChannels)
                .mapToObj(mask -> BitmapMask.of(file, mask))
                .toArray(BitmapMask[]::new);
        if (masks[0].isEmpty() && masks[1].isEmpty() && masks[2].isEmpty()) {
            throw file.damaged("a BMP whose masks name no bits for its colours");
        }
        return masks;
    }
}
