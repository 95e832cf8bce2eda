package io.fovea.codec;

import io.fovea.codec.PictureFile.Endian;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes TIFF files by hand, plain, of any combination of tags; samples are [H, W, S]. */
final class TiffFile {

    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int STRIP_OFFSETS = 273;
    static final int STRIP_LENGTHS = 279;
    static final int PREDICTOR = 317;
    static final int COLOR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int INK_SET = 332;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;

    private static final int SIDE_OF_TILE = 16;

    private final int height;
    private final int width;
    private final int bits;
    private final int[][] pixels;
    private final Map<Integer, long[]> tags = new TreeMap<>();
    private Endian endian = Endian.LITTLE;
    private boolean planar;
    private boolean tiled;

    TiffFile(int height, int width, int bits, int photometric, int[][] pixels) {
        this.height = height;
        this.width = width;
        this.bits = bits;
        this.pixels = pixels;
        int samples = pixels[0].length;
        long[] equal = new long[samples];
        Arrays.fill(equal, bits);
        tag(256, width).tag(257, height).tag(BITS, equal).tag(COMPRESSION, 1).tag(PHOTOMETRIC, photometric);
        tag(277, samples);
    }

    TiffFile tag(int tag, long... values) {
        tags.put(tag, values);
        return this;
    }

    TiffFile without(int tag) {
        tags.remove(tag);
        return this;
    }

    TiffFile big() {
        endian = Endian.BIG;
        return this;
    }

    TiffFile planar() {
        planar = true;
        return tag(284, 2);
    }

    TiffFile tiled() {
        tiled = true;
        return tag(TILE_WIDTH, SIDE_OF_TILE).tag(323, SIDE_OF_TILE);
    }

    byte[] bytes() {
        int columns = tiled ? (width + SIDE_OF_TILE - 1) / SIDE_OF_TILE : 1;
        int rows = tiled ? (height + SIDE_OF_TILE - 1) / SIDE_OF_TILE : height; // a strip per row
        int samples = pixels[0].length;
        int planes = planar ? samples : 1;
        byte[][] parts = new byte[planes * rows * columns][];
        long[] offsets = new long[parts.length];
        long[] lengths = new long[parts.length];
        int at = 8;
        for (int i = 0; i < parts.length; i++) {
            int part = i % (rows * columns);
            int first = planar ? i / (rows * columns) : 0;
            parts[i] = part(part / columns, part % columns, first, planar ? first + 1 : samples);
            offsets[i] = at;
            lengths[i] = parts[i].length;
            at += parts[i].length;
        }
        if (!tiled) tags.putIfAbsent(278, new long[] {1});
        tags.putIfAbsent(tiled ? 324 : STRIP_OFFSETS, offsets);
        tags.putIfAbsent(tiled ? 325 : STRIP_LENGTHS, lengths);
        return file(parts, at);
    }

    private byte[] part(int row, int column, int firstSample, int endSample) {
        int partHeight = tiled ? SIDE_OF_TILE : 1;
        int partWidth = tiled ? SIDE_OF_TILE : width;
        int rowLength = (partWidth * (endSample - firstSample) * bits + 7) / 8;
        byte[] part = new byte[partHeight * rowLength];
        for (int y = 0; y < partHeight; y++) {
            int bit = y * rowLength * 8;
            for (int x = 0; x < partWidth; x++) {
                int pixelY = row * partHeight + y;
                int pixelX = column * partWidth + x;
                for (int s = firstSample; s < endSample; s++, bit += bits) {
                    // What lies outside of the picture may be anything.
                    int value = pixelY < height && pixelX < width ? pixels[pixelY * width + pixelX][s] : 1;
                    put(part, bit, value);
                }
            }
        }
        return part;
    }

    private void put(byte[] part, int bit, int value) {
        boolean swapped = bits == 16 && endian == Endian.LITTLE;
        int stored = swapped ? Short.reverseBytes((short) value) : value;
        for (int b = 0; b < bits; b++) {
            if ((stored >> bits - 1 - b & 1) == 1) part[(bit + b) / 8] |= (byte) (0x80 >> (bit + b) % 8);
        }
    }

    private byte[] file(byte[][] parts, int directoryAt) {
        int valuesAt = directoryAt + 2 + 12 * tags.size() + 4;
        int size = valuesAt
                + tags.values().stream().mapToInt(values -> 4 * values.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size)
                .order(endian == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) (endian == Endian.BIG ? 'M' : 'I'), (byte) (endian == Endian.BIG ? 'M' : 'I')})
                .putShort((short) 42)
                .putInt(directoryAt);
        for (byte[] part : parts) file.put(part);
        file.putShort((short) tags.size());
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            long[] values = tag.getValue();
            file.putShort(tag.getKey().shortValue()).putShort((short) 4).putInt(values.length);
            if (values.length == 1) {
                file.putInt((int) values[0]);
                continue;
            }
            file.putInt(valuesAt);
            for (long value : values) {
                file.putInt(valuesAt, (int) value);
                valuesAt += 4;
            }
        }
        return file.array();
    }
}
