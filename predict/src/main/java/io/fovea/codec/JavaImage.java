package io.fovea.codec;

import io.fovea.image.ColorConversion;
import io.fovea.image.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Reads the pixels of Java's own picture type. */
final class JavaImage {

    private JavaImage() {}

    static Pixels pixels(BufferedImage image) {
        return switch (image.getType()) {
            // Java takes its grey types as linear light and would brighten them on the way to RGB.
            case BufferedImage.TYPE_BYTE_GRAY -> grey(image, 0);
            case BufferedImage.TYPE_USHORT_GRAY -> grey(image, 8);
            default -> color(image);
        };
    }

    private static Pixels grey(BufferedImage image, int shift) {
        Raster raster = image.getRaster();
        int height = image.getHeight();
        int width = image.getWidth();
        int[] samples = raster.getSamples(0, 0, width, height, 0, (int[]) null);
        byte[] values = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) values[i] = (byte) (samples[i] >> shift);
        return new Pixels(height, width, 1, values);
    }

    private static Pixels color(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] values = new byte[height * width * 3];
        int[] row = new int[width];
        for (int y = 0, to = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int alpha = argb >>> 24;
                values[to++] = (byte) ColorConversion.blended(argb >> 16 & 0xff, alpha);
                values[to++] = (byte) ColorConversion.blended(argb >> 8 & 0xff, alpha);
                values[to++] = (byte) ColorConversion.blended(argb & 0xff, alpha);
            }
        }
        return new Pixels(height, width, 3, values);
    }
}
