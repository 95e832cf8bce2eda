package io.fovea.map;

import static io.fovea.kernel.Lanes.BASE;
import static io.fovea.kernel.Lanes.COUNT;

import io.fovea.kernel.Lanes;
import io.fovea.network.Padding;

/**
 * The maps of some pictures with the channels innermost: [N, H, W, S], S the channels rounded up to whole vectors.
 *
 * <p>Two spare pixels stand before the first picture: one that is always zero, for whoever reads beyond an edge, and one that
 * nobody reads, for whoever writes beyond an edge. Channels from C to S are zero too.
 */
public final class ChannelMaps {

    private static final int TOP = 0;
    private static final int BOTTOM = 1;
    private static final int LEFT = 2;
    private static final int RIGHT = 3;

    final float[] values;
    final int height;
    final int width;
    final int channels;
    final int stride;
    private final int[] margins;
    private final int rowLength;
    private final int pictureLength;
    private final int pictures;
    private final int first;

    /** Makes room for N pictures of [C, H, W], all zero. */
    public ChannelMaps(int pictures, int channels, int height, int width) {
        this(pictures, channels, height, width, rounded(channels), new int[4]);
    }

    private ChannelMaps(int pictures, int channels, int height, int width, int stride, int[] margins) {
        this.pictures = pictures;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.stride = stride;
        this.margins = margins;
        rowLength = (margins[LEFT] + width + margins[RIGHT]) * stride;
        pictureLength = (margins[TOP] + height + margins[BOTTOM]) * rowLength;
        first = 0;
        values = Lanes.allocate(Math.addExact(2 * stride, Math.multiplyExact(pictures, pictureLength)));
    }

    private ChannelMaps(ChannelMaps whole, int first) {
        pictures = whole.pictures - first;
        channels = whole.channels;
        height = whole.height;
        width = whole.width;
        stride = whole.stride;
        margins = whole.margins;
        rowLength = whole.rowLength;
        pictureLength = whole.pictureLength;
        values = whole.values;
        this.first = whole.first + first;
    }

    /** Returns the same maps without the first pictures; what is written to one is seen in the other. */
    public ChannelMaps from(int picture) {
        return new ChannelMaps(this, picture);
    }

    /**
     * Makes room for N pictures as they come from a file: few channels, not rounded up, and a margin of zeros around each, so
     * that the pixels under a row of a convolution's kernel are neighbours in memory even at the edges.
     */
    public static ChannelMaps ofPictures(int pictures, int channels, int height, int width, Padding margin) {
        int[] margins = {margin.top(), margin.bottom(), margin.left(), margin.right()};
        return new ChannelMaps(pictures, channels, height, width, channels, margins);
    }

    /** Whether the margin is at least as wide as a padding. */
    boolean holds(Padding padding) {
        return margins[TOP] >= padding.top()
                && margins[BOTTOM] >= padding.bottom()
                && margins[LEFT] >= padding.left()
                && margins[RIGHT] >= padding.right();
    }

    public static int rounded(int channels) {
        return Math.ceilDiv(channels, COUNT) * COUNT;
    }

    /** Returns N, how many pictures there is room for. */
    public int pictures() {
        return pictures;
    }

    /** Returns how many floats are kept. */
    public int length() {
        return values.length;
    }

    /** Returns where picture n begins, its margin left out. */
    int start(int n) {
        return BASE + 2 * stride + (first + n) * pictureLength + at(margins[TOP], margins[LEFT]);
    }

    /** Returns how far pixel (y, x), which may lie in the margin, is from the beginning of its picture. */
    int at(int y, int x) {
        return y * rowLength + x * stride;
    }

    /** Returns where the pixel is that is always zero. */
    int zero() {
        return BASE;
    }

    /** Returns where to write what nobody reads. */
    int nowhere() {
        return BASE + stride;
    }

    /**
     * Fills the maps with normalised pictures.
     *
     * @param pixels [N, H, W, C] bytes
     * @param first  the picture in {@code pixels} that becomes picture 0 here
     * @param tables one table of 256 numbers per channel
     */
    public void fill(byte[] pixels, int first, int count, float[][] tables) {
        for (int n = 0; n < count; n++) {
            int from = (first + n) * height * width * channels;
            for (int y = 0; y < height; y++) {
                for (int x = 0, to = start(n) + at(y, 0); x < width; x++, to += stride) {
                    for (int c = 0; c < channels; c++) values[to + c] = tables[c][pixels[from++] & 0xff];
                }
            }
        }
    }

    /** Copies picture n as [C, H, W] to {@code rows} from {@code offset}. */
    public void copyOut(int n, float[] rows, int offset) {
        int to = offset;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) rows[to++] = values[start(n) + at(y, x) + c];
            }
        }
    }

    /** Copies picture n in from [C, H, W] at {@code offset}. */
    public void copyIn(int n, float[] rows, int offset) {
        int from = offset;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) values[start(n) + at(y, x) + c] = rows[from++];
            }
        }
    }
}
