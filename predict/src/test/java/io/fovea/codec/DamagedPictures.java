package io.fovea.codec;

import io.fovea.image.ColorMode;
import io.fovea.problem.Problem;
import java.util.Arrays;
import java.util.Random;

/** A program that decodes every picture of the tests, whole and damaged in many ways, and prints how many it refused. */
final class DamagedPictures {

    private static final int TRIALS = 40;

    private DamagedPictures() {}

    public static void main(String[] arguments) {
        int refused = 0;
        for (String name : GoldenPictures.names()) {
            byte[] whole = GoldenPictures.bytes(name);
            Random random = new Random(name.hashCode());
            for (int trial = 0; trial < TRIALS; trial++) {
                if (isRefused(damaged(whole, random, trial), name)) refused++;
            }
        }
        System.out.println(refused > 0 ? "some refused" : "none refused");
    }

    private static boolean isRefused(byte[] file, String name) {
        try {
            PictureDecoder.decode(file, name, ColorMode.COLOR, new PictureLimits(1 << 20, 1 << 20));
            return false;
        } catch (Problem refused) {
            return true;
        }
    }

    /** Some bits turned, a byte put in, a byte left out, or the end missing; the first trial leaves all as it is. */
    private static byte[] damaged(byte[] whole, Random random, int trial) {
        byte[] file = whole.clone();
        int at = random.nextInt(whole.length);
        switch (trial == 0 ? 9 : trial % 5) {
            case 0 -> file = Arrays.copyOf(whole, at);
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = 0; i < 4; i++) file[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            case 3 -> {
                file = Arrays.copyOf(whole, whole.length + 1);
                System.arraycopy(whole, at, file, at + 1, whole.length - at);
            }
            case 4 -> {
                System.arraycopy(whole, at + 1, file, at, whole.length - at - 1);
                file = Arrays.copyOf(file, whole.length - 1);
            }
            default -> {}
        }
        return file;
    }
}
