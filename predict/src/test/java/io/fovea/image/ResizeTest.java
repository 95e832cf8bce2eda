package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Resizing a picture")
class ResizeTest {

    @Nested
    @DisplayName("of any size to any other")
    class Pillow {

        /** The table is made by {@code src/test/python/resizes.py}. */
        @Test
        void gives_the_bytes_that_Pillow_gives() throws Exception {
            List<String> different = new ArrayList<>();
            List<String> lines = Files.readAllLines(Path.of("src/test/resources/io/fovea/image/resizes.csv"));
            for (String line : lines) {
                String[] fields = line.split(",");
                Pixels picture = noise(number(fields[1]), number(fields[2]), number(fields[3]));
                Pixels found = Resize.to(picture, number(fields[4]), number(fields[5]), ResizeMode.valueOf(fields[0]));
                if (!checksum(found).equals(fields[6])) different.add(line);
            }
            assertThat(lines).hasSize(800);
            assertThat(different).isEmpty();
        }

        private static int number(String field) {
            return Integer.parseInt(field);
        }

        private static String checksum(Pixels picture) {
            CRC32 sum = new CRC32();
            sum.update(picture.values());
            return String.format("%08x", sum.getValue());
        }
    }

    @Nested
    @DisplayName("by squash")
    class Squash {

        @Test
        void returns_the_same_picture_if_it_has_the_size_already() {
            Pixels picture = grey(2, 2, 1, 2, 3, 4);

            assertThat(Resize.to(picture, 2, 2, ResizeMode.SQUASH)).isSameAs(picture);
        }

        @Test
        void repeats_the_only_pixel() {
            Pixels found = Resize.to(grey(1, 1, 77), 2, 3, ResizeMode.SQUASH);

            assertThat(found.values()).containsOnly(77).hasSize(6);
        }

        @Test
        void averages_pairs_and_their_neighbours_at_half_the_size() {
            // Weights of the left result: 3/7, 3/7, 1/7; of the right one the other way round.
            Pixels found = Resize.to(grey(1, 4, 0, 70, 140, 210), 1, 2, ResizeMode.SQUASH);

            assertThat(found.values()).containsExactly(50, (byte) 160);
        }

        @Test
        void interpolates_between_two_pixels_at_twice_the_size() {
            Pixels found = Resize.to(grey(1, 2, 0, 100), 1, 4, ResizeMode.SQUASH);

            assertThat(found.values()).containsExactly(0, 25, 75, 100);
        }

        @Test
        void keeps_a_white_picture_white() {
            byte[] white = new byte[301 * 203 * 3];
            Arrays.fill(white, (byte) 255);

            assertThat(Resize.to(new Pixels(301, 203, 3, white), 28, 28, ResizeMode.SQUASH)
                            .values())
                    .containsOnly((byte) 255);
        }

        @Test
        void keeps_channels_apart() {
            Pixels found = Resize.to(new Pixels(1, 2, 3, new byte[] {10, 20, 30, 10, 20, 30}), 1, 1, ResizeMode.SQUASH);

            assertThat(found.values()).containsExactly(10, 20, 30);
        }

        @Test
        void takes_a_picture_of_one_row_and_a_million_columns() {
            Pixels found = Resize.to(new Pixels(1, 1_000_000, 1, new byte[1_000_000]), 2, 2, ResizeMode.SQUASH);

            assertThat(found.values()).containsExactly(0, 0, 0, 0);
        }

        @Test
        void takes_a_picture_of_a_million_rows_and_one_column() {
            Pixels found = Resize.to(new Pixels(1_000_000, 1, 1, new byte[1_000_000]), 2, 2, ResizeMode.SQUASH);

            assertThat(found.values()).containsExactly(0, 0, 0, 0);
        }
    }

    @Nested
    @DisplayName("by crop")
    class Crop {

        @Test
        void cuts_the_middle_out_of_a_wide_picture() {
            Pixels found = Resize.to(grey(1, 5, 1, 2, 3, 4, 5), 1, 3, ResizeMode.CROP);

            assertThat(found.values()).containsExactly(2, 3, 4);
        }

        @Test
        void cuts_the_middle_out_of_a_high_picture() {
            Pixels found = Resize.to(grey(5, 1, 1, 2, 3, 4, 5), 3, 1, ResizeMode.CROP);

            assertThat(found.values()).containsExactly(2, 3, 4);
        }

        @Test
        void begins_at_the_even_half_of_an_odd_rest() {
            assertThat(Resize.to(grey(1, 4, 1, 2, 3, 4), 1, 3, ResizeMode.CROP).values())
                    .containsExactly(1, 2, 3);
            assertThat(Resize.to(grey(1, 6, 1, 2, 3, 4, 5, 6), 1, 3, ResizeMode.CROP)
                            .values())
                    .containsExactly(3, 4, 5);
        }
    }

    @Nested
    @DisplayName("by fill")
    class Fill {

        @Test
        void leaves_black_above_and_below_a_wide_picture() {
            Pixels found = Resize.to(grey(1, 3, 7, 8, 9), 3, 3, ResizeMode.FILL);

            assertThat(found.values()).containsExactly(0, 0, 0, 7, 8, 9, 0, 0, 0);
        }

        @Test
        void leaves_the_larger_part_of_an_odd_rest_at_the_end() {
            Pixels found = Resize.to(grey(1, 2, 7, 8), 2, 2, ResizeMode.FILL);

            assertThat(found.values()).containsExactly(7, 8, 0, 0);
        }

        @Test
        void keeps_at_least_one_row() {
            Pixels found = Resize.to(new Pixels(1, 1000, 1, filled(1000, 50)), 3, 3, ResizeMode.FILL);

            assertThat(found.values()).containsExactly(0, 0, 0, 50, 50, 50, 0, 0, 0);
        }
    }

    @Nested
    @DisplayName("by half crop")
    class HalfCrop {

        @Test
        void cuts_one_side_and_fills_the_other() {
            // Ratios 12/4 and 4/4: their mean 2 makes 6x2 of 12x4; two columns go, two rows come.
            Pixels found = Resize.to(new Pixels(4, 12, 1, filled(48, 9)), 4, 4, ResizeMode.HALF_CROP);

            assertThat(found.values()).containsExactly(0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0);
        }
    }

    @Test
    void refuses_a_size_of_zero() {
        assertThatThrownBy(() -> Resize.to(grey(1, 1, 1), 0, 3, ResizeMode.SQUASH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("height and width must be at least 1: 0x3");
    }

    private static Pixels grey(int height, int width, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return new Pixels(height, width, 1, bytes);
    }

    private static byte[] filled(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Pixels noise(int height, int width, int channels) {
        byte[] values = new byte[height * width * channels];
        for (int i = 0; i < values.length; i++) values[i] = (byte) (i * 2_654_435_761L % (1L << 32) >> 24);
        return new Pixels(height, width, channels, values);
    }
}
