package io.fovea.image;

/** Whether a network sees one grey channel or red, green and blue. */
public enum ColorMode {
    /** One channel: 0.299 R + 0.587 G + 0.114 B (ITU-R 601, as Pillow's mode L). */
    GREY(1),
    /** Three channels in the order red, green, blue. */
    COLOR(3);

    private final int channels;

    ColorMode(int channels) {
        this.channels = channels;
    }

    /** Returns C, the number of channels. */
    public int channels() {
        return channels;
    }
}
