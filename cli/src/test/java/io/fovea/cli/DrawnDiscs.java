package io.fovea.cli;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Pictures of one disc each, with masks: the ground is class 0 and the disc class 1. */
final class DrawnDiscs {

    private static final int SIDE = 32;

    private DrawnDiscs() {}

    /** Writes pictures and masks into folders of a part. */
    static void write(Path part, int count, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path pictures = Files.createDirectories(part.resolve("pictures"));
        Path masks = Files.createDirectories(part.resolve("masks"));
        for (int i = 0; i < count; i++) {
            int radius = random.nextInt(6, 11);
            int x = random.nextInt(radius, SIDE - radius);
            int y = random.nextInt(radius, SIDE - radius);
            PngWriter.write(disc(SIDE, SIDE, x, y, radius, random), pictures.resolve(i + ".png"));
            byte[] mask = new byte[SIDE * SIDE];
            for (int at = 0; at < mask.length; at++)
                mask[at] = (byte) (inside(at % SIDE - x, at / SIDE - y, radius) ? 1 : 0);
            PngWriter.write(new Pixels(SIDE, SIDE, 1, mask), masks.resolve(i + ".png"));
        }
    }

    /** A bright disc on dark ground, both with noise. */
    static Pixels disc(int height, int width, int x, int y, int radius, SplittableRandom random) {
        byte[] values = new byte[height * width];
        for (int at = 0; at < values.length; at++) {
            boolean bright = inside(at % width - x, at / width - y, radius);
            values[at] = (byte) ((bright ? 170 : 30) + random.nextInt(50));
        }
        return new Pixels(height, width, 1, values);
    }

    private static boolean inside(int fromX, int fromY, int radius) {
        return fromX * fromX + fromY * fromY <= radius * radius;
    }
}
