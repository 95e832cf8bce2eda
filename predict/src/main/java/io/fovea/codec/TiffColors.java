package io.fovea.codec;

import io.fovea.codec.TiffDirectory.Entry;
import io.fovea.codec.TiffLayout.Alpha;
import io.fovea.codec.TiffLayout.Meaning;
import io.fovea.image.ColorConversion;

/**
 * Samples become red, green, blue, as PhotometricInterpretation and ExtraSamples say.
 *
 * <p>Fewer than 8 bits are spread over 0 to 255; of more the upper 8 are kept. What is transparent lies on white.
 */
final class TiffColors {

    private static final int COLOR_MAP = 320;

    private final TiffLayout layout;
    private final Meaning meaning;
    private final TiffYCbCr luma;
    private final byte[] palette;
    private final int[] color = new int[3];

    private TiffColors(TiffLayout layout, Meaning meaning) {
        this.layout = layout;
        this.meaning = meaning;
        this.luma = TiffYCbCr.of(layout.directory());
        this.palette = meaning == Meaning.PALETTE ? palette(layout) : new byte[0];
    }

    /** @param givesRgb whether decompression has turned YCbCr into RGB */
    static TiffColors of(TiffLayout layout, boolean givesRgb) {
        return new TiffColors(layout, givesRgb ? Meaning.RGB : layout.meaning());
    }

    /** Writes the colours of {@code count} pixels with S samples each. */
    void write(int[] samples, int count, byte[] values, int at) {
        int to = at;
        for (int i = 0, from = 0; i < count; i++, from += layout.samples()) {
            colorOf(samples, from);
            for (int c = 0; c < 3; c++) values[to++] = (byte) onWhite(color[c], samples, from);
        }
    }

    private void colorOf(int[] samples, int from) {
        switch (meaning) {
            case WHITE_IS_ZERO -> grey(255 - level(samples[from]));
            case BLACK_IS_ZERO -> grey(level(samples[from]));
            case RGB -> {
                for (int c = 0; c < 3; c++) color[c] = level(samples[from + c]);
            }
            case PALETTE -> {
                for (int c = 0; c < 3; c++) color[c] = palette[samples[from] * 3 + c] & 0xff;
            }
            case CMYK -> {
                int light = 255 - level(samples[from + 3]);
                for (int c = 0; c < 3; c++) color[c] = light - product(level(samples[from + c]), light);
            }
            case YCBCR -> luma.convert(samples[from], samples[from + 1], samples[from + 2], color);
        }
    }

    private void grey(int level) {
        color[0] = level;
        color[1] = level;
        color[2] = level;
    }

    private int level(int sample) {
        int bits = layout.bits();
        if (bits == 8) return sample;
        return bits > 8 ? sample >> bits - 8 : sample * 255 / ((1 << bits) - 1);
    }

    /** a · b / 255, rounded. */
    private static int product(int a, int b) {
        return (a * b + 127) / 255;
    }

    private int onWhite(int value, int[] samples, int from) {
        if (layout.alpha() == Alpha.NONE) return value;
        if (layout.alpha() == Alpha.UNDECLARED) {
            needOpaque(samples, from);
            return value;
        }
        int alpha = level(samples[from + layout.alphaSample()]);
        return layout.alpha() == Alpha.ASSOCIATED
                ? Math.min(255, value + 255 - alpha)
                : ColorConversion.blended(value, alpha);
    }

    private void needOpaque(int[] samples, int from) {
        for (int s = layout.meaning().channels(); s < layout.samples(); s++) {
            if (level(samples[from + s]) == 255) continue;
            throw layout.directory()
                    .file()
                    .unsupported(
                            "Expected tags that say what sample " + (s + 1) + " of each TIFF pixel is, found none");
        }
    }

    /** Returns red, green, blue of each index: all reds come first in the file, in 16 bits. */
    private static byte[] palette(TiffLayout layout) {
        int count = 1 << layout.bits();
        Entry map = layout.directory()
                .entry(COLOR_MAP)
                .orElseThrow(() -> layout.directory().file().damaged("a TIFF file without its palette"));
        if (map.count() < 3L * count) {
            throw layout.directory()
                    .file()
                    .damaged("expected a palette of " + 3 * count + " values, found " + map.count());
        }
        int[] levels = new int[3 * count];
        int largest = 0;
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (int) map.value(i);
            largest = Math.max(largest, levels[i]);
        }
        // Old writers fill in 8 bits where 16 belong; libtiff tells them by this, too.
        int shift = largest < 256 ? 0 : 8;
        byte[] palette = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) palette[i % count * 3 + i / count] = (byte) (levels[i] >> shift);
        return palette;
    }
}
