package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Affine resampling")
class AffineResamplingTest {

    private static final byte[] TWO_BY_THREE = {
        1, 2, 3,
        4, 5, 6
    };

    private interface Steps {
        void collect(AffineMap map);
    }

    private static byte[] resampled(int height, int width, int channels, byte[] picture, Steps steps) {
        AffineMap map = new AffineMap(height, width);
        steps.collect(map);
        byte[] pixels = picture.clone();
        new AffineResampling(height, width, channels).apply(map, pixels, 0);
        return pixels;
    }

    private static byte[] twoByThree(Steps steps) {
        return resampled(2, 3, 1, TWO_BY_THREE, steps);
    }

    @Test
    void without_steps_changes_nothing() {
        assertThat(twoByThree(map -> {})).containsExactly(TWO_BY_THREE);
    }

    @Test
    void leaves_bytes_before_and_after_the_picture_alone() {
        byte[] pixels = {99, 1, 2, 98};
        AffineMap map = new AffineMap(1, 2);
        map.flipHorizontally();
        new AffineResampling(1, 2, 1).apply(map, pixels, 1);

        assertThat(pixels).containsExactly(99, 2, 1, 98);
    }

    @Nested
    @DisplayName("flipping")
    class Flipping {

        @Test
        void exchanges_left_and_right() {
            assertThat(twoByThree(AffineMap::flipHorizontally)).containsExactly(3, 2, 1, 6, 5, 4);
        }

        @Test
        void exchanges_top_and_bottom() {
            assertThat(twoByThree(AffineMap::flipVertically)).containsExactly(4, 5, 6, 1, 2, 3);
        }

        @Test
        void keeps_the_three_colours_of_a_pixel_together() {
            byte[] redAndBlue = {(byte) 255, 0, 10, 0, 20, (byte) 255};

            assertThat(resampled(1, 2, 3, redAndBlue, AffineMap::flipHorizontally))
                    .containsExactly(0, 20, (byte) 255, (byte) 255, 0, 10);
        }
    }

    @Nested
    @DisplayName("shifting")
    class Shifting {

        @Test
        void moves_to_the_right_and_repeats_the_left_edge() {
            assertThat(twoByThree(map -> map.shift(1, 0))).containsExactly(1, 1, 2, 4, 4, 5);
        }

        @Test
        void moves_down_and_repeats_the_upper_edge() {
            assertThat(twoByThree(map -> map.shift(0, 1))).containsExactly(1, 2, 3, 1, 2, 3);
        }

        @Test
        void by_half_a_pixel_takes_the_mean_of_two() {
            byte[] picture = {10, 20, 40};

            assertThat(resampled(1, 3, 1, picture, map -> map.shift(-0.5, 0))).containsExactly(15, 30, 40);
        }

        @Test
        void beyond_the_picture_leaves_only_the_edge() {
            assertThat(twoByThree(map -> map.shift(100, 100))).containsExactly(1, 1, 1, 1, 1, 1);
        }
    }

    @Nested
    @DisplayName("turning")
    class Turning {

        @Test
        void by_90_degrees_goes_counter_clockwise() {
            byte[] picture = {
                1, 2,
                3, 4
            };

            assertThat(resampled(2, 2, 1, picture, map -> map.rotate(90)))
                    .containsExactly(
                            2, 4,
                            1, 3);
        }

        @Test
        void by_180_degrees_reverses_the_reading_order() {
            assertThat(twoByThree(map -> map.rotate(180))).containsExactly(6, 5, 4, 3, 2, 1);
        }

        @Test
        void keeps_the_middle_pixel_in_place() {
            byte[] picture = {0, 0, 0, 0, 77, 0, 0, 0, 0};

            assertThat(resampled(3, 3, 1, picture, map -> map.rotate(33))[4]).isEqualTo((byte) 77);
        }
    }

    @Nested
    @DisplayName("scaling")
    class Scaling {

        @Test
        void by_two_doubles_distances_from_the_centre() {
            byte[] picture = {0, 0, 80, 0, 0};

            assertThat(resampled(1, 5, 1, picture, map -> map.scale(2))).containsExactly(0, 40, 80, 40, 0);
        }

        @Test
        void by_a_half_shows_what_lies_further_out() {
            byte[] picture = {1, 2, 3, 4, 5};

            assertThat(resampled(1, 5, 1, picture, map -> map.scale(0.5))).containsExactly(1, 1, 3, 5, 5);
        }
    }

    @Nested
    @DisplayName("with several steps")
    class Combined {

        @Test
        void carries_them_out_in_the_order_given() {
            byte[] picture = {1, 2, 3};

            assertThat(resampled(1, 3, 1, picture, map -> {
                        map.flipHorizontally(); // 3 2 1
                        map.shift(1, 0); // 3 3 2
                    }))
                    .containsExactly(3, 3, 2);
            assertThat(resampled(1, 3, 1, picture, map -> {
                        map.shift(1, 0); // 1 1 2
                        map.flipHorizontally(); // 2 1 1
                    }))
                    .containsExactly(2, 1, 1);
        }

        @Test
        void interpolates_only_once() {
            byte[] picture = {0, (byte) 200, 0, (byte) 200, 0};

            assertThat(resampled(1, 5, 1, picture, map -> {
                        map.shift(0.5, 0);
                        map.shift(-0.5, 0);
                    }))
                    .containsExactly(picture);
        }
    }

    @Test
    void works_on_a_single_pixel() {
        assertThat(resampled(1, 1, 1, new byte[] {42}, map -> {
                    map.rotate(12);
                    map.scale(3);
                    map.shift(0.4, -7);
                }))
                .containsExactly(42);
    }

    @Nested
    @DisplayName("of a picture in colour")
    class Golden {

        private static byte[] golden(Steps steps) {
            byte[] picture = GoldenAugmentation.bytes(GoldenAugmentation.picture("colour"));
            return resampled(GoldenAugmentation.HEIGHT, GoldenAugmentation.WIDTH, 3, picture, steps);
        }

        @Test
        void stretches_a_window_as_pytorch_does() {
            byte[] found = golden(map -> map.crop(2, 1, 5, 3));

            assertThat(GoldenAugmentation.largestDifference(found, GoldenAugmentation.picture("window")))
                    .isLessThanOrEqualTo(1);
        }

        @Test
        void turns_and_magnifies_as_pytorch_does() {
            byte[] found = golden(map -> {
                map.scale(1.5);
                map.rotate(30);
            });

            assertThat(GoldenAugmentation.largestDifference(found, GoldenAugmentation.picture("turn")))
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void gives_the_same_bytes_whether_rows_stay_rows_or_turn_by_next_to_nothing(int channels) {
        byte[] picture = GoldenAugmentation.bytes(GoldenAugmentation.picture(channels == 1 ? "grey" : "colour"));
        Steps steps = map -> {
            map.crop(2, 1, 5, 3);
            map.flipVertically();
            map.flipHorizontally();
            map.shift(0.3, -1.4);
        };
        Steps turned = map -> {
            steps.collect(map);
            map.rotate(1e-12);
        };
        int height = GoldenAugmentation.HEIGHT;
        int width = GoldenAugmentation.WIDTH;

        assertThat(resampled(height, width, channels, picture, steps))
                .isEqualTo(resampled(height, width, channels, picture, turned));
    }
}
