package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;

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
}
