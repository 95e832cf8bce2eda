package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Plain PNG")
class PlainPngTest {

    @Nested
    @DisplayName("is read")
    class Read {

        @ParameterizedTest
        @CsvSource({"1, 1, 1", "1, 1, 3", "40, 1, 3", "1, 40, 1", "33, 47, 3"})
        void as_OpenCV_reads_it(int height, int width, int channels) {
            byte[] values = new byte[height * width * channels];
            Random random = new Random(7);
            // Noise on a slope, so that rows come with different filters.
            for (int i = 0; i < values.length; i++) values[i] = (byte) (i / 5 + random.nextInt(1 + i % 50));
            PictureFile file = file(PngWriter.bytes(new Pixels(height, width, channels, values)));
            PictureHeader header = PictureHeader.read(file, PictureFormat.PNG);

            assertThat(PlainPng.is(file)).isTrue();
            assertThat(PlainPng.read(file, header).values())
                    .isEqualTo(values)
                    .isEqualTo(OpenCvDecoder.decode(file, header).values());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void with_any_filter(int filter) throws Exception {
            byte[] rows = {(byte) filter, 1, 2, 3, (byte) filter, 4, 5, 6};
            byte[] expected = new byte[][] {
                        {1, 2, 3, 4, 5, 6}, // as it is
                        {1, 3, 6, 4, 9, 15}, // the byte to the left is added
                        {1, 2, 3, 5, 7, 9}, // the byte above
                        {1, 2, 4, 4, 8, 12}, // half their sum
                        {1, 3, 6, 5, 10, 16} // the nearest of three
                    }
                    [filter];

            Pixels found = PictureDecoder.decode(png(rows), "rows", ColorMode.GREY);

            assertThat(found.values()).isEqualTo(expected);
        }
    }

    @Nested
    @DisplayName("is told from other kinds")
    class Kinds {

        @ParameterizedTest
        @ValueSource(strings = {"png-rgb.png", "png-grey.png", "png-orientation-6.png"})
        void by_eight_bits_of_grey_or_colour(String name) {
            assertThat(PlainPng.is(file(GoldenPictures.bytes(name)))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "png-palette.png",
                    "png-grey-16.png",
                    "png-rgba.png",
                    "png-rgb-one-clear.png",
                    "png-one-bit.png"
                })
        void which_have_palettes_depth_or_clear_pixels(String name) {
            assertThat(PlainPng.is(file(GoldenPictures.bytes(name)))).isFalse();
        }
    }

    @Nested
    @DisplayName("that is damaged behind right checksums")
    class Damaged {

        @Test
        void is_refused_if_rows_are_missing() throws Exception {
            assertThat(problem(png(new byte[] {0, 1, 2, 3})).what())
                    .isEqualTo("The picture is damaged: PNG data for 4 of 8 bytes");
        }

        @Test
        void is_refused_if_a_filter_is_unknown() throws Exception {
            assertThat(problem(png(new byte[] {0, 1, 2, 3, 9, 4, 5, 6})).what())
                    .isEqualTo("The picture is damaged: an unknown PNG filter 9");
        }

        @Test
        void is_refused_if_it_cannot_be_unpacked() {
            assertThat(problem(assembled(new byte[] {1, 2, 3, 4})).what())
                    .startsWith("The picture is damaged: PNG data that cannot be unpacked");
        }

        @Test
        void is_refused_if_there_is_no_data() {
            assertThat(problem(assembled(new byte[0])).what())
                    .isEqualTo("The picture is damaged: PNG data for 0 of 8 bytes");
        }
    }

    private static Problem problem(byte[] file) {
        return catchThrowableOfType(Problem.class, () -> PictureDecoder.decode(file, "cat.png", ColorMode.GREY));
    }

    private static PictureFile file(byte[] bytes) {
        return new PictureFile(bytes, "cat.png", PictureLimits.DEFAULT);
    }

    /** A grey PNG of 2 rows and 3 columns with these filtered rows. */
    private static byte[] png(byte[] rows) throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed, new Deflater())) {
            deflater.write(rows);
        }
        return assembled(compressed.toByteArray());
    }

    private static byte[] assembled(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13).putInt(3).putInt(2).put((byte) 8).array());
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String kind, byte[] data) {
        byte[] letters = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(letters);
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(letters);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
