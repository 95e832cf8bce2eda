package io.fovea.explain;

import io.fovea.image.Pixels;

/**
 * Colours of values from small to large, of ever greater lightness, so that they are told apart without seeing colours, on light and on dark pages:
 * from night blue over violet and orange to light yellow.
 *
 * <p>Formula: between the given colours, which stand at equal distances, red, green and blue go in straight lines.
 */
public final class HeatColors {

    /** What the scale is called. */
    public static final String NAME = "night to sun";

    private static final int[] STOPS = {0x10132c, 0x3b2a78, 0x8a3a8f, 0xd5567a, 0xf68f5a, 0xfcc86a, 0xfff6c8};

    private static final byte[] COLORS = colors();

    private HeatColors() {}

    /** Returns a grey picture in colours: black becomes the first, white the last. */
    public static Pixels of(Pixels grey) {
        if (grey.channels() != 1) throw new IllegalArgumentException("Expected one channel, found " + grey.channels());
        byte[] levels = grey.values();
        byte[] colors = new byte[Math.multiplyExact(levels.length, 3)];
        for (int i = 0; i < levels.length; i++) System.arraycopy(COLORS, (levels[i] & 0xff) * 3, colors, i * 3, 3);
        return new Pixels(grey.height(), grey.width(), 3, colors);
    }

    /** Returns the whole scale as a picture [1, 256], the smallest first. */
    public static Pixels scale() {
        return new Pixels(1, 256, 3, COLORS.clone());
    }

    private static byte[] colors() {
        byte[] colors = new byte[256 * 3];
        for (int level = 0; level < 256; level++) {
            double at = level / 255.0 * (STOPS.length - 1);
            int stop = Math.min((int) at, STOPS.length - 2);
            for (int c = 0; c < 3; c++) {
                int from = STOPS[stop] >> 16 - 8 * c & 0xff;
                int to = STOPS[stop + 1] >> 16 - 8 * c & 0xff;
                colors[level * 3 + c] = (byte) Math.round(from + (at - stop) * (to - from));
            }
        }
        return colors;
    }
}
