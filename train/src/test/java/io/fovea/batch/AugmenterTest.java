package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.SplitMix;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An augmenter")
class AugmenterTest {

    /** How often each result came out of 10,000 draws from the picture [1, W]. */
    private static Map<String, Integer> outcomes(Augmentation settings, int... picture) {
        Augmenter augmenter = new Augmenter(settings, 1, picture.length, 1);
        SplitMix random = new SplitMix(0);
        Map<String, Integer> counts = new TreeMap<>();
        for (int position = 0; position < 10_000; position++) {
            byte[] pixels = new byte[picture.length];
            for (int i = 0; i < picture.length; i++) pixels[i] = (byte) picture[i];
            random.restart(1, 0, position);
            augmenter.apply(pixels, 0, random);
            StringBuilder outcome = new StringBuilder();
            for (byte pixel : pixels) outcome.append(pixel & 0xff).append(' ');
            counts.merge(outcome.toString().strip(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void without_settings_changes_nothing() {
        assertThat(outcomes(Augmentation.NONE, 1, 2, 3)).containsExactly(Map.entry("1 2 3", 10_000));
    }

    @Test
    void flips_as_often_as_asked() {
        Map<String, Integer> counts = outcomes(Augmentation.NONE.withHorizontalFlip(0.25), 1, 2, 3);

        assertThat(counts).containsOnlyKeys("1 2 3", "3 2 1");
        assertThat(counts.get("3 2 1")).isBetween(2370, 2630); // three standard deviations of 43
    }

    @Test
    void always_flips_at_probability_one() {
        assertThat(outcomes(Augmentation.NONE.withHorizontalFlip(1), 1, 2, 3))
                .containsExactly(Map.entry("3 2 1", 10_000));
    }

    @Test
    void inverts_as_often_as_asked() {
        Map<String, Integer> counts = outcomes(Augmentation.NONE.withInvert(0.5), 0, 255);

        assertThat(counts).containsOnlyKeys("0 255", "255 0");
        assertThat(counts.get("255 0")).isBetween(4850, 5150);
    }

    @Test
    void crops_each_window_of_the_padded_picture_equally_often() {
        Map<String, Integer> counts = outcomes(Augmentation.NONE.withCropPadding(1), 1, 2, 3);

        assertThat(counts).containsOnlyKeys("1 1 2", "1 2 3", "2 3 3");
        assertThat(counts.values()).allMatch(count -> count > 3190 && count < 3475);
    }

    @Test
    void shifts_no_further_than_the_fraction_of_the_width() {
        // ten pixels 0 10 … 90 and at most a tenth of the width: each moves by one pixel's step of 10 at most
        Augmentation settings = Augmentation.NONE.withShift(0.1);
        Map<String, Integer> counts = outcomes(settings, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90);

        assertThat(counts).hasSizeGreaterThan(15);
        assertThat(counts.keySet()).allSatisfy(outcome -> {
            int middle = Integer.parseInt(outcome.split(" ")[5]);
            assertThat(middle).isBetween(40, 60);
        });
    }

    @Nested
    @DisplayName("with one more setting")
    class Independence {

        @Test
        void draws_the_same_values_for_the_others() {
            byte[] shifted = apply(Augmentation.NONE.withCropPadding(2));
            byte[] shiftedAndInverted =
                    apply(Augmentation.NONE.withCropPadding(2).withInvert(1));

            for (int i = 0; i < shifted.length; i++) {
                assertThat(shiftedAndInverted[i] & 0xff).isEqualTo(255 - (shifted[i] & 0xff));
            }
        }

        private byte[] apply(Augmentation settings) {
            byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8};
            new Augmenter(settings, 2, 4, 1).apply(pixels, 0, new SplitMix(3));
            return pixels;
        }
    }

    @Nested
    @DisplayName("moving pixels in every way")
    class Moving {

        private static final int SIDE = 64;
        private static final Augmentation EVERY_WAY = Augmentation.NONE
                .withHorizontalFlip(0.5)
                .withVerticalFlip(0.5)
                .withShift(0.1)
                .withRotation(180)
                .withScale(0.8, 1.5)
                .withCropPadding(4)
                .withRandomCrop(RandomCrop.from(0.3));

        private final Augmenter augmenter = new Augmenter(EVERY_WAY, SIDE, SIDE, 1);
        private final SplitMix random = new SplitMix(0);

        @Test
        void takes_points_where_the_pixels_go() {
            int inside = 0;
            for (int position = 0; position < 500; position++) {
                byte[] pixels = new byte[SIDE * SIDE];
                // a spot of 4x4 about the point (22, 40)
                for (int i = 0; i < 16; i++) pixels[(38 + i / 4) * SIDE + 20 + i % 4] = (byte) 200;
                random.restart(1, 0, position);
                augmenter.apply(pixels, 0, random);
                double x = augmenter.map().outputX(22, 40);
                double y = augmenter.map().outputY(22, 40);
                if (Math.min(x, y) < 8 || Math.max(x, y) > SIDE - 8) continue;
                inside++;
                double[] spot = centreOfBrightness(pixels);
                assertThat(spot[0]).isCloseTo(x, within(0.3));
                assertThat(spot[1]).isCloseTo(y, within(0.3));
            }
            assertThat(inside).isGreaterThan(100);
        }

        private static double[] centreOfBrightness(byte[] pixels) {
            double sum = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < pixels.length; i++) {
                int value = pixels[i] & 0xff;
                sum += value;
                x += value * (i % SIDE + 0.5);
                y += value * (i / SIDE + 0.5);
            }
            return new double[] {x / sum, y / sum};
        }

        @Test
        void gives_a_window_of_half_the_side_twice_the_size() {
            Augmentation quarter = Augmentation.NONE.withRandomCrop(new RandomCrop(0.25, 0.25, 1, 1));
            Augmenter cropping = new Augmenter(quarter, SIDE, SIDE, 1);
            cropping.apply(new byte[SIDE * SIDE], 0, random);

            assertThat(cropping.map().outputX(30, 0) - cropping.map().outputX(20, 0))
                    .isEqualTo(20);
            assertThat(cropping.map().outputY(0, 30) - cropping.map().outputY(0, 20))
                    .isEqualTo(20);
        }
    }

    @Test
    void erases_as_often_as_asked() {
        Map<String, Integer> counts = outcomes(Augmentation.NONE.withErasing(0.25), 0, 0, 0, 0, 0, 0);

        // a few windows do not fit or happen to be filled with 0
        assertThat(10_000 - counts.get("0 0 0 0 0 0")).isBetween(1_900, 2_630);
    }
}
