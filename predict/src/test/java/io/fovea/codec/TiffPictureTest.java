package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressions are in {@link PictureDecoderTest}; here is what the tags say about samples. */
@DisplayName("A TIFF picture")
class TiffPictureTest {

    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;

    @Nested
    @DisplayName("of any order of bytes, planes and tiles")
    class Orders {

        /** Samples as large as their bits allow, and what they show. */
        static Stream<Arguments> pixels() {
            return Stream.of(
                    Arguments.of(WHITE_IS_ZERO, 1, new int[] {0}, "255 255 255"),
                    Arguments.of(WHITE_IS_ZERO, 2, new int[] {1}, "170 170 170"),
                    Arguments.of(WHITE_IS_ZERO, 4, new int[] {1}, "238 238 238"),
                    Arguments.of(WHITE_IS_ZERO, 8, new int[] {10}, "245 245 245"),
                    Arguments.of(WHITE_IS_ZERO, 16, new int[] {0x0aff}, "245 245 245"),
                    Arguments.of(BLACK_IS_ZERO, 1, new int[] {1}, "255 255 255"),
                    Arguments.of(BLACK_IS_ZERO, 4, new int[] {1}, "17 17 17"),
                    Arguments.of(BLACK_IS_ZERO, 12, new int[] {0xabc}, "171 171 171"),
                    Arguments.of(BLACK_IS_ZERO, 16, new int[] {0x12ff}, "18 18 18"),
                    Arguments.of(RGB, 4, new int[] {1, 2, 15}, "17 34 255"),
                    Arguments.of(RGB, 8, new int[] {1, 2, 3}, "1 2 3"),
                    Arguments.of(RGB, 12, new int[] {0x01f, 0x02f, 0x03f}, "1 2 3"),
                    Arguments.of(RGB, 16, new int[] {0x01ff, 0x0200, 0x0380}, "1 2 3"),
                    // light = 255 - 51 = 204; 204 - 204 * 100 / 255 = 124
                    Arguments.of(CMYK, 8, new int[] {100, 0, 255, 51}, "124 204 0"),
                    Arguments.of(CMYK, 16, new int[] {100 << 8 | 7, 3, 0xffff, 51 << 8}, "124 204 0"));
        }

        @ParameterizedTest(name = "photometric {0}, {1} bits")
        @MethodSource("pixels")
        void shows_the_values_of_the_file(int photometric, int bits, int[] samples, String shown) {
            for (TiffFile file : inAllOrders(photometric, bits, samples)) {
                assertThat(shown(file)).isEqualTo(shown);
            }
        }

        @ParameterizedTest(name = "photometric {0}, {1} bits")
        @MethodSource("pixels")
        void ignores_samples_that_are_not_alpha(int photometric, int bits, int[] samples, String shown) {
            for (TiffFile file : inAllOrders(photometric, bits, more(samples, 0, 1))) {
                assertThat(shown(file.tag(TiffFile.EXTRA_SAMPLES, 0, 0))).isEqualTo(shown);
            }
        }

        @ParameterizedTest(name = "photometric {0}, {1} bits")
        @MethodSource("pixels")
        void is_white_where_alpha_is_zero(int photometric, int bits, int[] samples, String shown) {
            for (TiffFile file : inAllOrders(photometric, bits, more(samples, 1, 0))) {
                assertThat(shown(file.tag(TiffFile.EXTRA_SAMPLES, 0, 2))).isEqualTo("255 255 255");
            }
        }

        @ParameterizedTest(name = "photometric {0}, {1} bits")
        @MethodSource("pixels")
        void is_as_it_is_where_alpha_is_full(int photometric, int bits, int[] samples, String shown) {
            for (TiffFile file : inAllOrders(photometric, bits, more(samples, (1 << bits) - 1))) {
                assertThat(shown(file.tag(TiffFile.EXTRA_SAMPLES, 2))).isEqualTo(shown);
            }
        }
    }

    @Nested
    @DisplayName("with alpha")
    class WithAlpha {

        @ParameterizedTest
        @CsvSource({"1, 8, 100, 128, 227", "1, 16, 25600, 32768, 227", "2, 8, 100, 128, 177", "2, 16, 25600, 32768, 177"
        })
        void lies_on_white_whether_multiplied_or_not(int kind, int bits, int value, int alpha, int shown) {
            // multiplied: 100 + 255 - 128; not: (100 * 128 + 255 * 127) / 255 = 177.2
            for (TiffFile file : inAllOrders(BLACK_IS_ZERO, bits, value, alpha)) {
                assertThat(shown(file.tag(TiffFile.EXTRA_SAMPLES, kind))).isEqualTo(shown + " " + shown + " " + shown);
            }
        }

        @Test
        void needs_to_be_opaque_if_its_tags_do_not_say_what_the_fourth_sample_is() {
            TiffFile opaque = onePixel(RGB, 8, 1, 2, 3, 255);
            TiffFile other = onePixel(RGB, 8, 1, 2, 3, 254);

            assertThat(shown(opaque)).isEqualTo("1 2 3");
            assertThat(problem(other).what())
                    .isEqualTo("Expected tags that say what sample 4 of each TIFF pixel is, found none");
        }

        @ParameterizedTest
        @CsvSource({"0, 1", "5, 4", "3, 1"})
        void is_refused_if_other_colours_than_RGB_are_multiplied_by_it(int photometric, int channels) {
            TiffFile file = onePixel(photometric, 8, new int[channels + 1]).tag(TiffFile.EXTRA_SAMPLES, 1);

            assertThat(problem(file).what())
                    .isEqualTo("Expected a TIFF of alpha that the colours are not multiplied by,"
                            + " found multiplied colours of another kind than RGB");
        }
    }

    @Nested
    @DisplayName("with a palette")
    class WithPalette {

        @Test
        void shows_the_upper_half_of_its_16_bits() {
            TiffFile file = onePixel(PALETTE, 1, 1).tag(TiffFile.COLOR_MAP, 0, 0x0aff, 0, 0x1400, 0, 0x1e80);

            assertThat(shown(file)).isEqualTo("10 20 30");
        }

        @Test
        void takes_a_palette_without_any_upper_half_as_8_bits_as_libtiff_does() {
            TiffFile file = onePixel(PALETTE, 1, 1).tag(TiffFile.COLOR_MAP, 0, 10, 0, 20, 0, 255);

            assertThat(shown(file)).isEqualTo("10 20 255");
        }

        @Test
        void is_refused_if_the_palette_is_missing_or_too_short() {
            assertThat(problem(onePixel(PALETTE, 1, 1)).what())
                    .isEqualTo("The picture is damaged: a TIFF file without its palette");
            assertThat(problem(onePixel(PALETTE, 1, 1).tag(TiffFile.COLOR_MAP, 1, 2, 3))
                            .what())
                    .isEqualTo("The picture is damaged: expected a palette of 6 values, found 3");
        }
    }

    @Nested
    @DisplayName("is refused")
    class Refused {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "259|50000|plain, PackBits, LZW, deflate, JPEG or fax data, found compression 50000",
                    "259|6|plain, PackBits, LZW, deflate, JPEG or fax data, found compression 6",
                    "262|8|grey, RGB, a palette, CMYK or YCbCr, found Lab colours",
                    "262|32803|grey, RGB, a palette, CMYK or YCbCr, found the raw data of a camera",
                    "262|4|grey, RGB, a palette, CMYK or YCbCr, found colours of kind 4",
                    "262|2|3 to 32 samples per pixel, found 1",
                    "258|32|1 to 16 bits per channel, found 32",
                    "258|0|1 to 16 bits per channel, found 0",
                    "277|40|1 to 32 samples per pixel, found 40"
                })
        void if_a_tag_says_what_is_not_read(int tag, int value, String what) {
            assertThat(problem(onePixel(BLACK_IS_ZERO, 8, 1).tag(tag, value)).what())
                    .isEqualTo("Expected a TIFF of " + what);
        }

        @ParameterizedTest
        @CsvSource({"2", "3", "5"})
        void if_its_numbers_have_signs_or_fractions(int format) {
            TiffFile file = onePixel(RGB, 16, 1, 2, 3).tag(TiffFile.SAMPLE_FORMAT, 1, 1, format);

            assertThat(problem(file).what())
                    .isEqualTo("Expected 8 or 16 bits per channel, found floating-point or signed numbers");
        }

        @Test
        void if_its_samples_are_not_equally_deep() {
            assertThat(problem(onePixel(RGB, 8, 1, 2, 3).tag(TiffFile.BITS, 5, 6, 5))
                            .what())
                    .isEqualTo("Expected a TIFF of equal bits for all samples, found 5 and 6");
        }

        @Test
        void if_its_inks_are_not_those_of_four_colour_print() {
            assertThat(problem(onePixel(CMYK, 8, 1, 2, 3, 4).tag(TiffFile.INK_SET, 2))
                            .what())
                    .isEqualTo("Expected a TIFF of grey, RGB, a palette, CMYK or YCbCr, found other inks");
        }

        @Test
        void if_its_differences_are_those_of_fractions() {
            TiffFile file =
                    onePixel(BLACK_IS_ZERO, 8, 1).tag(TiffFile.COMPRESSION, 5).tag(TiffFile.PREDICTOR, 3);

            assertThat(problem(file).what())
                    .isEqualTo("Expected a TIFF of differences of 8 or 16 bits, found predictor 3 of 8 bits");
        }

        @Test
        void if_planes_are_missing() {
            TiffFile file = onePixel(RGB, 8, 1, 2, 3).planar().tag(TiffFile.STRIP_OFFSETS, 8);

            assertThat(problem(file).what()).isEqualTo("The picture is damaged: expected 3 strips or tiles, found 1");
        }

        @Test
        void if_a_strip_is_too_short() {
            TiffFile file = onePixel(RGB, 8, 1, 2, 3).tag(TiffFile.STRIP_LENGTHS, 2);

            assertThat(problem(file).what()).isEqualTo("The picture is damaged: a TIFF part of 2 bytes where 3 belong");
        }

        @Test
        void if_it_does_not_say_where_its_pixels_are() {
            TiffFile file =
                    onePixel(RGB, 8, 1, 2, 3).tag(TiffFile.TILE_WIDTH, 1).tag(323, 1);

            assertThat(problem(file).what())
                    .isEqualTo("The picture is damaged: a TIFF file that does not say where its pixels are");
        }

        @Test
        void if_its_tiles_are_larger_than_any_picture() {
            TiffFile file =
                    onePixel(RGB, 8, 1, 2, 3).tag(TiffFile.TILE_WIDTH, 1 << 30).tag(323, 1 << 30);

            assertThat(problem(file).what()).startsWith("The picture is too large");
        }
    }

    private static int[] more(int[] samples, int... extra) {
        int[] all = Arrays.copyOf(samples, samples.length + extra.length);
        System.arraycopy(extra, 0, all, samples.length, extra.length);
        return all;
    }

    /** Pictures of 20 x 17 pixels, black but for one pixel. */
    private static List<TiffFile> inAllOrders(int photometric, int bits, int... samples) {
        int[][] pixels = new int[20 * 17][samples.length];
        pixels[18 * 17 + 16] = samples;
        List<TiffFile> files = new ArrayList<>();
        for (int order = 0; order < 8; order++) {
            TiffFile file = new TiffFile(20, 17, bits, photometric, pixels);
            if ((order & 1) == 1) file.big();
            if ((order & 2) == 2) file.planar();
            if ((order & 4) == 4) file.tiled();
            files.add(file);
        }
        return files;
    }

    private static TiffFile onePixel(int photometric, int bits, int... samples) {
        return new TiffFile(1, 1, bits, photometric, new int[][] {samples});
    }

    /** Red, green and blue of the last pixel but one row. */
    private static String shown(TiffFile file) {
        Pixels picture = PictureDecoder.decode(file.bytes(), "a.tif", ColorMode.COLOR);
        int y = Math.max(0, picture.height() - 2);
        int x = picture.width() - 1;
        return picture.at(y, x, 0) + " " + picture.at(y, x, 1) + " " + picture.at(y, x, 2);
    }

    private static Problem problem(TiffFile file) {
        byte[] bytes = file.bytes();
        return catchThrowableOfType(Problem.class, () -> PictureDecoder.decode(bytes, "a.tif", ColorMode.COLOR));
    }
}
