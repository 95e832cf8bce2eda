package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.ColorMode;
import io.fovea.image.Placement;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Labels from maps of two classes")
class MapLabelsTest {

    private static final int CUT = 255;

    /** Labels of a picture, from the probabilities of class 1 in maps of the prepared size. */
    private static int[] labels(float[] second, Preprocessing preprocessing, int height, int width) {
        return labels(second, preprocessing.height(), preprocessing.width(), preprocessing, height, width);
    }

    private static int[] labels(
            float[] second, int mapHeight, int mapWidth, Preprocessing preprocessing, int height, int width) {
        float[] maps = new float[2 * second.length];
        for (int i = 0; i < second.length; i++) {
            maps[i] = 1 - second[i];
            maps[second.length + i] = second[i];
        }
        Placement placement = preprocessing.placement(height, width);
        byte[] found = MapLabels.of(
                maps, 2, mapHeight, mapWidth, placement, height, width, preprocessing.height(), preprocessing.width());
        int[] labels = new int[found.length];
        for (int i = 0; i < labels.length; i++) labels[i] = found[i] & 0xff;
        return labels;
    }

    private static Preprocessing size(int height, int width, ResizeMode mode, int margin) {
        return new Preprocessing(height, width, ColorMode.GREY, mode, margin, new float[] {0}, new float[] {1});
    }

    @Nested
    @DisplayName("of a squashed picture")
    class Squashed {

        @Test
        void are_those_of_the_map_where_the_sizes_are_equal() {
            assertThat(labels(new float[] {0.4f, 0.6f, 0.5f, 0.51f}, size(2, 2, ResizeMode.SQUASH, 0), 2, 2))
                    .containsExactly(0, 1, 0, 1);
        }

        @Test
        void change_where_the_resized_probabilities_cross_and_not_where_the_nearest_place_changes() {
            // 0.1 0.1 0.175 0.325 0.475 0.625 0.7 0.7
            assertThat(labels(new float[] {0.1f, 0.7f}, size(1, 2, ResizeMode.SQUASH, 0), 1, 8))
                    .containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
        }

        @Test
        void are_resized_along_rows_alike() {
            assertThat(labels(new float[] {0.1f, 0.7f}, size(2, 1, ResizeMode.SQUASH, 0), 8, 1))
                    .containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
        }

        @Test
        void of_a_smaller_picture_are_the_means_of_two_places() {
            // pixels at 1 and 3 of four places: (0.2 + 0.6) / 2 and (0.5 + 0.9) / 2
            assertThat(labels(new float[] {0.2f, 0.6f, 0.5f, 0.9f}, size(1, 4, ResizeMode.SQUASH, 0), 1, 2))
                    .containsExactly(0, 1);
        }

        @Test
        void come_from_maps_of_half_the_size_as_well() {
            // u = (x + ½) / 2 − ½: 0.1 0.25 0.55 0.7
            assertThat(labels(new float[] {0.1f, 0.7f}, 1, 2, size(2, 4, ResizeMode.SQUASH, 0), 2, 4))
                    .containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
        }

        @Test
        void of_one_pixel_are_one() {
            assertThat(labels(new float[] {0.2f, 0.9f}, size(1, 2, ResizeMode.SQUASH, 0), 1, 1))
                    .containsExactly(1);
        }
    }

    @Nested
    @DisplayName("of a cropped picture")
    class Cropped {

        @Test
        void are_missing_where_it_was_cut() {
            // 2 of 6 columns are kept, from the third on
            assertThat(labels(new float[] {0.2f, 0.8f, 0.8f, 0.2f}, size(2, 2, ResizeMode.CROP, 0), 2, 6))
                    .containsExactly(CUT, CUT, 0, 1, CUT, CUT, CUT, CUT, 1, 0, CUT, CUT);
        }

        @Test
        void are_missing_along_a_margin() {
            assertThat(labels(new float[] {1, 0, 0, 1}, size(2, 2, ResizeMode.CROP, 2), 4, 4))
                    .containsExactly(CUT, CUT, CUT, CUT, CUT, 1, 0, CUT, CUT, 0, 1, CUT, CUT, CUT, CUT, CUT);
        }

        @Test
        void reach_as_far_as_the_middles_of_pixels_that_were_kept() {
            // 4x8 is scaled to 2x4, of which columns 1 and 2 stay: pixels 2 to 5
            assertThat(labels(new float[] {0, 1, 0, 1}, size(2, 2, ResizeMode.CROP, 0), 4, 8))
                    .startsWith(CUT, CUT, 0, 0, 1, 1, CUT, CUT);
        }
    }

    @Nested
    @DisplayName("of a picture that was filled up")
    class Filled {

        @Test
        void take_nothing_from_what_lies_beside_it() {
            // 2x8 is scaled to one row, the second of four; all around it the other class is certain
            float[] maps = {1, 1, 1, 1, 0.4f, 0.4f, 0.6f, 0.6f, 1, 1, 1, 1, 1, 1, 1, 1};
            assertThat(labels(maps, size(4, 4, ResizeMode.FILL, 0), 2, 8))
                    .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1);
        }

        @Test
        void take_nothing_from_beside_it_in_coarser_maps() {
            // 4x2 lies in columns 1 and 2 of four; the map's two places lie half on it, both are used
            assertThat(labels(new float[] {0.2f, 0.9f}, 1, 2, size(4, 4, ResizeMode.FILL, 0), 4, 2))
                    .startsWith(0, 1);
        }
    }

    @Nested
    @DisplayName("of a picture that was half cropped and half filled")
    class HalfCropped {

        @Test
        void are_missing_where_it_was_cut_and_take_nothing_from_beside_it() {
            // 2x6 divided by 2 is 1x3: the last column is cut, the second row is filled
            // 0.2 0.375 0.725 0.9
            assertThat(labels(new float[] {0.2f, 0.9f, 1, 1}, size(2, 2, ResizeMode.HALF_CROP, 0), 2, 6))
                    .containsExactly(0, 0, 1, 1, CUT, CUT, 0, 0, 1, 1, CUT, CUT);
        }
    }

    @Test
    void of_equal_probabilities_are_the_smaller() {
        assertThat(labels(new float[] {0.5f}, size(1, 1, ResizeMode.SQUASH, 0), 1, 1))
                .containsExactly(0);
    }

    @Test
    void are_refused_where_a_probability_is_not_a_number() {
        float[] maps = {Float.NaN, 1};
        assertThatThrownBy(() -> labels(maps, size(1, 2, ResizeMode.SQUASH, 0), 1, 2))
                .isInstanceOf(ArithmeticException.class);
    }
}
