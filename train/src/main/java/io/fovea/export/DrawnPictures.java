package io.fovea.export;

import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pictures that can be had anywhere: discs on a slope of colours, in sizes of both proportions, the same on every machine.
 *
 * <p>They show nothing that a network knows, but all that must agree between two machines: decoding, resizing, cutting, the network's sums.
 */
public final class DrawnPictures {

    private static final int COUNT = 16;
    private static final int SHORTEST = 160;
    private static final int DISCS = 4;

    private DrawnPictures() {}

    /** Returns 16 PNG files of different sizes. */
    public static List<byte[]> files(ColorMode mode) {
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int height = SHORTEST + random.nextInt(SHORTEST);
            int width = SHORTEST + random.nextInt(SHORTEST);
            files.add(PngWriter.bytes(picture(height, width, mode.channels(), random)));
        }
        return files;
    }

    private static Pixels picture(int height, int width, int channels, SplittableRandom random) {
        byte[] values = new byte[height * width * channels];
        int[] slopes = new int[3];
        for (int c = 0; c < 3; c++) slopes[c] = random.nextInt(-3, 4);
        int[][] discs = new int[DISCS][];
        for (int d = 0; d < DISCS; d++) {
            discs[d] = new int[] {
                random.nextInt(height),
                random.nextInt(width),
                10 + random.nextInt(60),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256)
            };
        }
        for (int i = 0; i < values.length; i++) {
            int c = i % channels;
            int x = i / channels % width;
            int y = i / channels / width;
            int value = 128 + (slopes[c] * (x - width / 2) + slopes[(c + 1) % 3] * (y - height / 2)) / 8;
            for (int[] disc : discs) {
                int dy = y - disc[0];
                int dx = x - disc[1];
                if (dy * dy + dx * dx < disc[2] * disc[2]) value = disc[3 + c];
            }
            values[i] = (byte) Math.clamp(value, 0, 255);
        }
        return new Pixels(height, width, channels, values);
    }
}
