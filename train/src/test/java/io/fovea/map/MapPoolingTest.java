package io.fovea.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("On maps with the channels innermost")
class MapPoolingTest {

    private static final float[] NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static ChannelMaps maps(int channels, int height, int width, float... values) {
        ChannelMaps maps = new ChannelMaps(1, channels, height, width);
        maps.copyIn(0, values, 0);
        return maps;
    }

    private static float[] values(ChannelMaps maps, int count) {
        float[] values = new float[count];
        maps.copyOut(0, values, 0);
        return values;
    }

    private static float[] pool(MapPooling pooling, ChannelMaps x, int channels, int height, int width) {
        ChannelMaps y = new ChannelMaps(1, channels, height, width);
        pooling.forward(x, 1, y);
        return values(y, channels * height * width);
    }

    @Nested
    @DisplayName("pooling")
    class Pooling {

        @Test
        void takes_the_largest_of_the_pixels_inside() {
            MapPooling pooling = new MapPooling(MapPooling.Kind.LARGEST, 3, 3, 2, 1);

            assertThat(pool(pooling, maps(1, 3, 3, NINE), 1, 2, 2)).containsExactly(5, 6, 8, 9);
        }

        @Test
        void takes_the_largest_also_where_all_are_negative() {
            MapPooling pooling = new MapPooling(MapPooling.Kind.LARGEST, 2, 2, 1, 0);

            assertThat(pool(pooling, maps(1, 2, 2, -4, -3, -2, -5), 1, 1, 1)).containsExactly(-2);
        }

        @Test
        void counts_padding_as_zeros_in_a_mean() {
            MapPooling pooling = new MapPooling(MapPooling.Kind.MEAN, 2, 2, 2, 1);

            assertThat(pool(pooling, maps(1, 3, 3, NINE), 1, 2, 2)).containsExactly(0.25f, 1.25f, 2.75f, 7);
        }

        @Test
        void leaves_what_a_rounded_up_window_covers_out_of_a_mean() {
            MapPooling pooling = new MapPooling(MapPooling.Kind.MEAN, 2, 2, 2, 0);

            assertThat(pool(pooling, maps(1, 3, 3, NINE), 1, 2, 2)).containsExactly(3, 4.5f, 7.5f, 9);
        }

        @Test
        void keeps_channels_apart() {
            float[] values = new float[20 * 4];
            for (int i = 0; i < values.length; i++) values[i] = i;
            MapPooling pooling = new MapPooling(MapPooling.Kind.LARGEST, 2, 2, 1, 0);

            float[] y = pool(pooling, maps(20, 2, 2, values), 20, 1, 1);

            assertThat(y[0]).isEqualTo(3);
            assertThat(y[19]).isEqualTo(79);
        }
    }

    @Nested
    @DisplayName("arithmetic")
    class Arithmetic {

        @Test
        void cuts_at_both_ends() {
            ChannelMaps y = new ChannelMaps(1, 3, 1, 1);

            MapArithmetic.clamp(maps(3, 1, 1, -1, 3, 9), 1, Clamp.RELU6, y);

            assertThat(values(y, 3)).containsExactly(0, 3, 6);
        }

        @Test
        void adds_pixel_by_pixel() {
            ChannelMaps y = new ChannelMaps(1, 1, 1, 2);

            MapArithmetic.add(maps(1, 1, 2, 1, 2), maps(1, 1, 2, 10, 20), 1, y);

            assertThat(values(y, 2)).containsExactly(11, 22);
        }

        @Test
        void joins_channels() {
            ChannelMaps y = new ChannelMaps(1, 3, 1, 2);

            MapArithmetic.place(maps(1, 1, 2, 1, 2), 1, y, 0);
            MapArithmetic.place(maps(2, 1, 2, 3, 4, 5, 6), 1, y, 1);

            assertThat(values(y, 6)).containsExactly(1, 2, 3, 4, 5, 6);
        }

        @Test
        void takes_every_second_pixel_and_pads_channels_with_zeros() {
            ChannelMaps y = maps(3, 2, 2, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5);

            MapArithmetic.subsample(maps(1, 3, 3, NINE), 1, 2, 1, y);

            assertThat(values(y, 12)).containsExactly(0, 0, 0, 0, 1, 3, 7, 9, 0, 0, 0, 0);
        }
    }
}
