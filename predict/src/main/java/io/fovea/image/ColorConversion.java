package io.fovea.image;

/** Changes of colour, per pixel, equal to Pillow's to the bit. */
public final class ColorConversion {

    private ColorConversion() {}

    /** Returns the picture in the wanted mode; the same object if it has that mode already. */
    public static Pixels to(ColorMode mode, Pixels picture) {
        if (picture.channels() == mode.channels()) return picture;
        byte[] values = mode == ColorMode.GREY ? grey(picture.values()) : color(picture.values());
        return new Pixels(picture.height(), picture.width(), mode.channels(), values);
    }

    /** Grey = 0.299 R + 0.587 G + 0.114 B in units of 2⁻¹⁶, rounded. */
    private static byte[] grey(byte[] colors) {
        byte[] grey = new byte[colors.length / 3];
        for (int i = 0, from = 0; i < grey.length; i++, from += 3) {
            int sum = (colors[from] & 0xff) * 19_595
                    + (colors[from + 1] & 0xff) * 38_470
                    + (colors[from + 2] & 0xff) * 7_471;
            grey[i] = (byte) (sum + 0x8000 >> 16);
        }
        return grey;
    }

    private static byte[] color(byte[] grey) {
        byte[] colors = new byte[grey.length * 3];
        for (int i = 0, to = 0; i < grey.length; i++, to += 3) {
            colors[to] = grey[i];
            colors[to + 1] = grey[i];
            colors[to + 2] = grey[i];
        }
        return colors;
    }

    /** Blue, green, red becomes red, green, blue, in place. */
    public static byte[] redFirst(byte[] values) {
        for (int at = 0; at < values.length; at += 3) {
            byte blue = values[at];
            values[at] = values[at + 2];
            values[at + 2] = blue;
        }
        return values;
    }

    /** Blue, green, red, alpha becomes red, green, blue: round((value · alpha + 255 · (255 − alpha)) / 255). */
    public static byte[] onWhite(byte[] values) {
        byte[] colors = new byte[values.length / 4 * 3];
        for (int from = 0, to = 0; from < values.length; from += 4, to += 3) {
            int alpha = values[from + 3] & 0xff;
            for (int c = 0; c < 3; c++) colors[to + c] = (byte) blended(values[from + 2 - c] & 0xff, alpha);
        }
        return colors;
    }

    public static int blended(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
