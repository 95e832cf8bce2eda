package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Random erasing")
class RandomErasingTest {

    private static final int SIDE = 20;

    /** A picture of three channels of 0, with a byte before and after it, one window erased. */
    private static byte[] erased(long seed) {
        byte[] pixels = new byte[SIDE * SIDE * 3 + 2];
        new RandomErasing(SIDE, SIDE, 3).apply(pixels, 1, new SplitMix(seed));
        return pixels;
    }

    @Test
    void fills_one_window_of_2_to_40_percent() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] pixels = erased(seed);
            int left = SIDE;
            int right = -1;
            int top = SIDE;
            int bottom = -1;
            int changed = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                if (pixels[1 + 3 * i] == 0 && pixels[2 + 3 * i] == 0 && pixels[3 + 3 * i] == 0) continue;
                changed++;
                left = Math.min(left, i % SIDE);
                right = Math.max(right, i % SIDE);
                top = Math.min(top, i / SIDE);
                bottom = Math.max(bottom, i / SIDE);
            }
            assertThat(changed).isBetween(6, 168); // of 400, rounded to whole pixels
            assertThat((right - left + 1) * (bottom - top + 1)).isEqualTo(changed);
        }
    }

    @Test
    void leaves_bytes_before_and_after_the_picture_alone() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] pixels = erased(seed);
            assertThat(pixels[0]).isZero();
            assertThat(pixels[pixels.length - 1]).isZero();
        }
    }

    @Test
    void draws_every_value_as_often() {
        int[] counts = new int[256];
        for (int seed = 0; seed < 2_000; seed++) for (byte value : erased(seed)) counts[value & 0xff]++;
        int erasedValues = Arrays.stream(counts).skip(1).sum();

        // apart from 0, which is the background
        assertThat(Arrays.stream(counts).skip(1)).allMatch(count -> Math.abs(count * 255.0 / erasedValues - 1) < 0.15);
    }

    @Test
    void takes_nothing_but_the_seed_into_account() {
        assertThat(erased(4)).isEqualTo(erased(4)).isNotEqualTo(erased(5));
    }
}
