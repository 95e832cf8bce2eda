package io.fovea.cli;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Pictures of one square each, whose names tell where it is. */
final class DrawnDots {

    private DrawnDots() {}

    /** Writes pictures into the folder of a part. */
    static void write(Path part, int count, int side, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Files.createDirectories(part);
        int reach = side / 14;
        for (int i = 0; i < count; i++) {
            int x = random.nextInt(reach, side - reach);
            int y = random.nextInt(reach, side - reach);
            PngWriter.write(dot(side, side, x, y, reach, random), part.resolve("xy_" + x + "_" + y + "_" + i + ".png"));
        }
    }

    /** A bright square on dark ground, both with noise. */
    static Pixels dot(int height, int width, int x, int y, int reach, SplittableRandom random) {
        byte[] values = new byte[height * width];
        for (int at = 0; at < values.length; at++) {
            boolean bright = Math.abs(at % width - x) <= reach && Math.abs(at / width - y) <= reach;
            values[at] = (byte) ((bright ? 200 : 20) + random.nextInt(30));
        }
        return new Pixels(height, width, 1, values);
    }
}
