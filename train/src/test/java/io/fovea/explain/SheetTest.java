package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.explain.MapSettings.Range;
import io.fovea.image.Pixels;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sheet of maps")
class SheetTest {

    private static Sheet drawn(float[] values, int height, int width, MapSettings settings) {
        return new SheetDrawing(values, 1, height, width).drawn(settings, 4);
    }

    @Test
    void draws_each_map_from_black_to_white_in_its_own_range() {
        Sheet sheet = drawn(new float[] {0, 1, 10, 30}, 1, 2, MapSettings.DEFAULT);

        assertThat(sheet.shown()).isEqualTo(2);
        assertThat(sheet.minima()).containsExactly(0f, 10f);
        assertThat(sheet.maxima()).containsExactly(1f, 30f);
        for (int tile = 0; tile < 2; tile++) {
            Pixels map = sheet.tile(tile);
            assertThat(map.at(0, 0, 0)).isZero();
            assertThat(map.at(0, map.width() - 1, 0)).isEqualTo(255);
        }
    }

    @Test
    void draws_all_maps_in_one_range_if_asked() {
        Sheet sheet = drawn(new float[] {0, 15, 10, 30}, 1, 2, MapSettings.DEFAULT.withRange(Range.LAYER));

        assertThat(sheet.minima()).containsExactly(0f, 0f);
        assertThat(sheet.tile(0).at(0, 3, 0)).isEqualTo(128);
        assertThat(sheet.tile(1).at(0, 0, 0)).isEqualTo(85);
    }

    @Test
    void enlarges_small_maps_by_whole_factors() {
        Sheet sheet = drawn(new float[] {0, 1, 1, 0}, 2, 2, MapSettings.DEFAULT);

        assertThat(sheet.pixelsPerValue()).isEqualTo(2);
        assertThat(sheet.picture().values()).containsExactly(0, 0, -1, -1, 0, 0, -1, -1, -1, -1, 0, 0, -1, -1, 0, 0);
    }

    @Test
    void draws_neighbours_of_large_maps_together() {
        float[] values = new float[2 * 200];
        values[399] = 4;
        Sheet sheet = drawn(values, 2, 200, MapSettings.DEFAULT);

        assertThat(sheet.valuesPerPixel()).isEqualTo(2);
        assertThat(sheet.tileHeight()).isEqualTo(1);
        assertThat(sheet.tileWidth()).isEqualTo(100);
        assertThat(sheet.picture().at(0, 99, 0)).as("the mean of 0, 0, 0 and 4").isEqualTo(64);
    }

    @Test
    void says_how_many_maps_it_leaves_out() {
        Sheet sheet = drawn(new float[10], 1, 2, new MapSettings(Range.EACH, 1, 3));

        assertThat(sheet.of()).isEqualTo(5);
        assertThat(sheet.first()).isEqualTo(1);
        assertThat(sheet.shown()).isEqualTo(3);
        assertThatThrownBy(() -> sheet.tile(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void draws_equal_values_and_what_is_no_number_black() {
        Sheet sheet = drawn(new float[] {7, 7, Float.NaN, 1}, 1, 2, MapSettings.DEFAULT);

        assertThat(sheet.tile(0).values()).containsOnly(0);
        assertThat(sheet.tile(1).at(0, 0, 0)).isZero();
    }

    @Test
    void draws_features_as_dots_in_one_range() {
        Sheet sheet = drawn(new float[] {0, 1, 2}, 1, 1, MapSettings.DEFAULT);

        assertThat(sheet.tile(1).at(0, 0, 0)).isEqualTo(128);
        assertThat(sheet.minima()).containsExactly(0f, 0f, 0f);
    }

    @Test
    void draws_the_channels_of_a_filter_in_one_range() {
        Sheet sheet = new SheetDrawing(new float[] {0, 1, 0, 2, 5, 5, 5, 9}, 1, 1, 2)
                .drawn(new int[] {0, 1, 2, 3}, 2, 2, 0, 2);

        assertThat(sheet.minima()).containsExactly(0f, 0f, 5f, 5f);
        assertThat(sheet.maxima()).containsExactly(2f, 2f, 9f, 9f);
        assertThat(sheet.tile(0).at(0, 1, 0)).isEqualTo(128);
    }

    @Test
    void draws_three_channels_as_colours() {
        Sheet sheet = new SheetDrawing(new float[] {0, 1, 0, 1, 1, 0}, 3, 1, 2).drawn(MapSettings.DEFAULT, 2);

        assertThat(sheet.picture().values()).containsExactly(0, 0, -1, -1, -1, 0);
    }
}
