package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A change of tone")
class ToneChangeTest {

    private interface Steps {
        void collect(ToneChange tone, byte[] pixels);
    }

    private static int[] grey(int[] values, Steps steps) {
        return changed(values, 1, steps);
    }

    private static int[] changed(int[] values, int channels, Steps steps) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) pixels[i] = (byte) values[i];
        ToneChange tone = new ToneChange(values.length / channels, channels);
        tone.begin();
        steps.collect(tone, pixels);
        tone.apply(pixels, 0);
        int[] result = new int[values.length];
        for (int i = 0; i < values.length; i++) result[i] = pixels[i] & 0xff;
        return result;
    }

    private static final int[] PICTURE = {0, 100, 200};

    @Test
    void without_steps_changes_nothing() {
        assertThat(grey(PICTURE, (tone, pixels) -> {})).containsExactly(0, 100, 200);
    }

    @Test
    void brightens_by_a_fraction_of_full_range_up_to_white() {
        assertThat(grey(PICTURE, (tone, pixels) -> tone.brightness(0.4))).containsExactly(102, 202, 255);
    }

    @Test
    void darkens_down_to_black() {
        assertThat(grey(PICTURE, (tone, pixels) -> tone.brightness(-0.4))).containsExactly(0, 0, 98);
    }

    @Test
    void halves_the_distance_from_the_mean() {
        assertThat(grey(PICTURE, (tone, pixels) -> tone.contrast(0.5, pixels, 0)))
                .containsExactly(50, 100, 150);
    }

    @Test
    void without_contrast_leaves_the_mean() {
        assertThat(grey(PICTURE, (tone, pixels) -> tone.contrast(0, pixels, 0))).containsExactly(100, 100, 100);
    }

    @Test
    void inverts() {
        assertThat(grey(PICTURE, (tone, pixels) -> tone.invert())).containsExactly(255, 155, 55);
    }

    @Test
    void limits_values_only_after_the_last_step() {
        assertThat(grey(PICTURE, (tone, pixels) -> {
                    tone.brightness(1);
                    tone.brightness(-1);
                }))
                .containsExactly(0, 100, 200);
    }

    @Test
    void adds_noise_of_the_standard_deviation_asked_for() {
        byte[] pixels = new byte[100_000];
        Arrays.fill(pixels, (byte) 128);
        new ToneChange(pixels.length, 1).noise(0.1, new SplitMix(1), pixels, 0);

        double mean = 0;
        for (byte pixel : pixels) mean += (pixel & 0xff) / (double) pixels.length;
        double variance = 0;
        for (byte pixel : pixels) variance += Math.pow((pixel & 0xff) - mean, 2) / pixels.length;
        assertThat(mean).isCloseTo(128, within(0.4));
        assertThat(Math.sqrt(variance)).isCloseTo(25.5, within(0.3));
    }

    @Nested
    @DisplayName("in colour")
    class Colour {

        private static final int[] PIXELS = GoldenAugmentation.picture("colour");

        private static byte[] bytes(int[] picture, int channels, Steps steps) {
            return GoldenAugmentation.bytes(changed(picture, channels, steps));
        }

        @Test
        void changes_saturation_as_torchvision_does() {
            GoldenAugmentation.pictures("saturation").forEach((times, expected) -> {
                byte[] found = bytes(PIXELS, 3, (tone, pixels) -> tone.saturation(times));

                assertThat(GoldenAugmentation.largestDifference(found, expected))
                        .as("times %s", times)
                        .isLessThanOrEqualTo(1);
            });
        }

        @Test
        void changes_contrast_as_torchvision_does() {
            GoldenAugmentation.pictures("contrast").forEach((times, expected) -> {
                byte[] found = bytes(PIXELS, 3, (tone, pixels) -> tone.contrast(times, pixels, 0));

                assertThat(GoldenAugmentation.largestDifference(found, expected))
                        .as("times %s", times)
                        .isLessThanOrEqualTo(1);
            });
        }

        @Test
        void changes_contrast_of_grey_pictures_as_torchvision_does() {
            GoldenAugmentation.pictures("greyContrast").forEach((times, expected) -> {
                byte[] found =
                        bytes(GoldenAugmentation.picture("grey"), 1, (tone, pixels) -> tone.contrast(times, pixels, 0));

                assertThat(GoldenAugmentation.largestDifference(found, expected))
                        .as("times %s", times)
                        .isLessThanOrEqualTo(1);
            });
        }

        @Test
        void turns_hue_in_the_plane_of_colour_differences() {
            GoldenAugmentation.pictures("hue").forEach((turn, expected) -> {
                byte[] found = bytes(PIXELS, 3, (tone, pixels) -> tone.hue(turn));

                assertThat(GoldenAugmentation.largestDifference(found, expected))
                        .as("turn %s", turn)
                        .isLessThanOrEqualTo(1);
            });
        }

        @Test
        void turns_red_towards_green_by_a_third_of_the_circle() {
            int[] red = {128, 64, 64};
            int[] turned = changed(red, 3, (tone, pixels) -> tone.hue(1 / 3.0));

            assertThat(turned[1]).isGreaterThan(turned[0]).isGreaterThan(turned[2]);
        }

        @Test
        void leaves_grey_pixels_grey() {
            int[] grey = {0, 0, 0, 77, 77, 77, 255, 255, 255};

            assertThat(changed(grey, 3, (tone, pixels) -> {
                        tone.hue(0.2);
                        tone.saturation(1.9);
                    }))
                    .containsExactly(grey);
        }

        @Test
        void carries_all_steps_out_with_one_rounding() {
            int[] pixel = {100, 120, 140}; // its grey, 116.3, is the mean grey too

            assertThat(changed(pixel, 3, (tone, pixels) -> {
                        tone.saturation(0);
                        tone.contrast(0.5, pixels, 0);
                        tone.brightness(0.2);
                        tone.invert();
                    }))
                    .containsExactly(88, 88, 88); // 255 − (116.3 + 51)
        }
    }

    @Test
    void leaves_saturation_and_hue_of_grey_pictures_alone() {
        assertThat(grey(PICTURE, (tone, pixels) -> {
                    tone.saturation(2);
                    tone.hue(0.5);
                }))
                .containsExactly(0, 100, 200);
    }
}
