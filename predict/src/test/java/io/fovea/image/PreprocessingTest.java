package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Preprocessing")
class PreprocessingTest {

    private static final float[] MEAN = {0.5f, 0.25f, 0};
    private static final float[] STD = {0.5f, 0.25f, 1};

    private final Preprocessing preprocessing = new Preprocessing(1, 2, ColorMode.COLOR, ResizeMode.SQUASH, MEAN, STD);

    @Nested
    @DisplayName("of a decoded picture")
    class Prepare {

        @Test
        void resizes_it_to_the_size_of_the_input() {
            Pixels prepared = preprocessing.prepare(new Pixels(1, 1, 3, new byte[] {1, 2, 3}));

            assertThat(prepared.values()).containsExactly(1, 2, 3, 1, 2, 3);
        }

        @Test
        void refuses_the_other_colour_mode() {
            assertThatThrownBy(() -> preprocessing.prepare(new Pixels(1, 2, 1, new byte[2])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected a picture of 3 channels, found 1");
        }
    }

    @Nested
    @DisplayName("of a prepared picture")
    class Normalise {

        @Test
        void puts_one_channel_after_the_other_less_the_mean_over_the_deviation() {
            float[] tensor = new float[7];
            byte[] values = {0, (byte) 255, 51, (byte) 255, 0, (byte) 102};

            preprocessing.normalise(new Pixels(1, 2, 3, values), tensor, 1);

            assertThat(tensor).containsExactly(new float[] {0, -1, 1, 3, -1, 0.2f, 0.4f}, within(1e-6f));
        }

        @Test
        void refuses_another_size() {
            assertThatThrownBy(() -> preprocessing.normalise(new Pixels(2, 1, 3, new byte[6]), new float[6], 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected [1, 2, 3], found [2, 1, 3]");
        }
    }

    @Nested
    @DisplayName("with settings that make no sense")
    class Settings {

        @Test
        void refuses_a_deviation_of_zero() {
            assertThatThrownBy(() -> new Preprocessing(
                            1, 1, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0}, new float[] {0}))
                    .hasMessage("std must be above 0: 0.0");
        }

        @Test
        void refuses_three_means_for_one_channel() {
            assertThatThrownBy(() -> new Preprocessing(1, 1, ColorMode.GREY, ResizeMode.SQUASH, MEAN, STD))
                    .hasMessage("mean and std need 1 values, found 3 and 3");
        }
    }

    @Test
    void does_not_change_when_the_arrays_it_was_made_from_do() {
        float[] mean = MEAN.clone();
        Preprocessing kept = new Preprocessing(1, 1, ColorMode.COLOR, ResizeMode.SQUASH, mean, STD);
        mean[0] = 99;
        kept.mean()[1] = 99;

        assertThat(kept.mean()).containsExactly(0.5f, 0.25f, 0);
    }
}
