package io.fovea.image;

/**
 * Colours of classes in masks: 256 that all differ, by one rule, neighbouring labels far apart.
 *
 * <p>Formula: the bits of a label are dealt to red, green and blue in turn, the lowest first, each into the highest bit that is still free:
 * 0 is black, 1 (128, 0, 0), 2 (0, 128, 0), 3 (128, 128, 0), 4 (0, 0, 128).
 *
 * <p>Source: Everingham et al., "The PASCAL Visual Object Classes Challenge", development kit, {@code VOClabelcolormap}.
 */
public final class Palette {

    /** How many colours there are. */
    public static final int SIZE = 256;

    private Palette() {}

    /**
     * Returns one channel of a label's colour, 0 to 255.
     *
     * @param label   0 to 255
     * @param channel 0 red, 1 green, 2 blue
     */
    public static int color(int label, int channel) {
        int color = 0;
        for (int bit = channel, to = 7; bit < 8; bit += 3, to--) color |= (label >> bit & 1) << to;
        return color;
    }

    /** Returns the colours of all labels: red, green and blue of 0, of 1 … */
    public static byte[] bytes() {
        byte[] colors = new byte[SIZE * 3];
        for (int i = 0; i < colors.length; i++) colors[i] = (byte) color(i / 3, i % 3);
        return colors;
    }
}
