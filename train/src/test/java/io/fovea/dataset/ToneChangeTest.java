package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
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
}
