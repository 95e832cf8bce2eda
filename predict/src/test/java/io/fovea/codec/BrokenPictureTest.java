package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.fovea.image.ColorMode;
import io.fovea.problem.Problem;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A file that is no whole picture")
class BrokenPictureTest {

    @Nested
    @DisplayName("because it is something else")
    class SomethingElse {

        @Test
        void says_that_the_file_is_empty() {
            Problem problem = problem(new byte[0]);

            assertThat(problem.what()).isEqualTo("The file is empty");
            assertThat(problem.where()).isEqualTo("cat.jpg");
            assertThat(problem.remedy()).isEqualTo("copy or download the file again, or leave it out");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "<html>404 not found</html>|it holds text",
                    "%PDF-1.7|it is a PDF document",
                    "abcdftypheic....|it is a HEIC photograph",
                    "abcdftypavif....|it is an AVIF picture"
                })
        void says_what_it_found_instead(String content, String found) {
            Problem problem = problem(content.getBytes(StandardCharsets.US_ASCII));

            assertThat(problem.what())
                    .isEqualTo("Expected a picture (JPEG, PNG, BMP, GIF, WebP, TIFF, PPM/PGM), but " + found);
            assertThat(problem.remedy()).isEqualTo("convert it to PNG or JPEG, or leave it out");
        }

        @Test
        void shows_the_first_bytes_of_what_it_does_not_know() {
            assertThat(problem(new byte[] {0, 1, (byte) 0xfe}).what())
                    .endsWith("but it begins with the bytes 00 01 fe");
        }

        @Test
        void says_that_there_is_no_file(@TempDir Path folder) {
            Path missing = folder.resolve("missing.png");

            Problem problem = problem(missing);

            assertThat(problem.what()).isEqualTo("There is no such file");
            assertThat(problem.where()).isEqualTo(missing.toString());
        }

        @Test
        void says_that_it_is_a_folder(@TempDir Path folder) {
            assertThat(problem(folder).what()).isEqualTo("Expected a picture file, found a folder");
        }
    }

    @Nested
    @DisplayName("because it is too large")
    class TooLarge {

        static Stream<Arguments> headers() {
            return Stream.of(
                    Arguments.of("PNG", png()),
                    Arguments.of("JPEG", patched("jpeg-444.jpg", "jpeg", ByteOrder.BIG_ENDIAN)),
                    Arguments.of("BMP", patched("bmp-24.bmp", "bmp", ByteOrder.LITTLE_ENDIAN)),
                    Arguments.of("GIF", patched("gif-palette.gif", "gif", ByteOrder.LITTLE_ENDIAN)),
                    Arguments.of("TIFF", patched("tiff-lzw.tif", "tiff", ByteOrder.LITTLE_ENDIAN)),
                    Arguments.of("WebP", patched("webp-alpha.webp", "webp", ByteOrder.LITTLE_ENDIAN)),
                    Arguments.of("PPM", "P6 50000 50000 255\n".getBytes(StandardCharsets.US_ASCII)));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("headers")
        void is_refused_by_its_header_before_memory_is_taken(String format, byte[] file) {
            problem(file); // classes are loaded
            ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = thread.getCurrentThreadAllocatedBytes();

            Problem problem = problem(file);

            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
            assertThat(problem.what())
                    .isEqualTo("The picture is too large: expected at most 100,000,000 pixels, found 50,000 x 50,000");
            assertThat(problem.remedy()).isEqualTo("make the picture smaller, or leave it out");
        }

        private static byte[] png() {
            byte[] file = GoldenPictures.bytes("png-rgb.png");
            ByteBuffer.wrap(file).putInt(16, 50_000).putInt(20, 50_000);
            CRC32 sum = new CRC32();
            sum.update(file, 12, 17);
            ByteBuffer.wrap(file).putInt(29, (int) sum.getValue());
            return file;
        }

        /** The picture of 23x17 pixels, saying that it has 50,000x50,000. */
        private static byte[] patched(String name, String format, ByteOrder order) {
            ByteBuffer file = ByteBuffer.wrap(GoldenPictures.bytes(name)).order(order);
            switch (format) {
                case "jpeg" -> {
                    int frame = indexOf(file.array(), (byte) 0xff, (byte) 0xc0);
                    file.putShort(frame + 5, (short) 50_000).putShort(frame + 7, (short) 50_000);
                }
                case "bmp" -> file.putInt(18, 50_000).putInt(22, 50_000);
                case "gif" -> file.putShort(6, (short) 50_000).putShort(8, (short) 50_000);
                case "tiff" -> {
                    int directory = file.getInt(4);
                    file.putInt(directory + 2 + 8, 50_000).putInt(directory + 2 + 12 + 8, 50_000);
                    file.putShort(directory + 2 + 2, (short) 4).putShort(directory + 2 + 12 + 2, (short) 4);
                }
                case "webp" -> {
                    byte[] extended = new byte[30];
                    ByteBuffer.wrap(extended)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                            .putInt(22)
                            .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                            .putInt(10)
                            .putInt(0)
                            .putShort((short) 49_999)
                            .put((byte) 0)
                            .putShort((short) 49_999);
                    return extended;
                }
                default -> throw new IllegalArgumentException(format);
            }
            return file.array();
        }

        private static int indexOf(byte[] bytes, byte first, byte second) {
            int at = 0;
            while (bytes[at] != first || bytes[at + 1] != second) at++;
            return at;
        }

        @Test
        void is_refused_by_a_limit_of_ones_own() {
            byte[] file = GoldenPictures.bytes("png-rgb.png");
            PictureLimits limits = new PictureLimits(10_000, 23 * 17 - 1);

            Problem problem = catchThrowableOfType(
                    Problem.class, () -> PictureDecoder.decode(file, "cat.png", ColorMode.GREY, limits));

            assertThat(problem.what())
                    .isEqualTo("The picture is too large: expected at most 390 pixels, found 23 x 17");
        }

        @Test
        void is_refused_by_the_size_of_the_file_before_it_is_read(@TempDir Path folder) throws Exception {
            Path file = Files.write(folder.resolve("cat.png"), new byte[101]);

            Problem problem = catchThrowableOfType(
                    Problem.class, () -> PictureDecoder.decode(file, ColorMode.GREY, new PictureLimits(100, 100)));

            assertThat(problem.what()).isEqualTo("The file is too large: expected at most 100 bytes, found 101");
        }
    }

    @Nested
    @DisplayName("because its end is missing")
    class CutOff {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "jpeg-420.jpg",
                    "jpeg-progressive.jpg",
                    "png-rgb.png",
                    "bmp-24.bmp",
                    "gif-palette.gif",
                    "gif-animated.gif",
                    "webp-lossy.webp",
                    "webp-lossless.webp",
                    "tiff-raw.tif",
                    "portable.ppm",
                    "portable-text.pgm"
                })
        void says_that_it_is_cut_off(String name) {
            byte[] file = GoldenPictures.bytes(name);

            Problem problem = problem(Arrays.copyOf(file, file.length * 2 / 3));

            assertThat(problem.what())
                    .isEqualTo("The picture is cut off: its data ends after " + file.length * 2 / 3 + " bytes");
            assertThat(problem.where()).isEqualTo("cat.jpg");
        }

        @Test
        void counts_a_JPEG_without_its_end_marker_as_cut_off() {
            byte[] file = GoldenPictures.bytes("jpeg-420.jpg");

            assertThat(problem(Arrays.copyOf(file, file.length - 2)).what()).startsWith("The picture is cut off");
        }

        @ParameterizedTest
        @MethodSource("io.fovea.codec.GoldenPictures#names")
        void is_never_shown_in_part_wherever_it_is_cut(String name) {
            byte[] file = GoldenPictures.bytes(name);
            byte[] whole = PictureDecoder.decode(file, name, ColorMode.COLOR).values();
            for (int length = 0; length < file.length; length += 1 + file.length / 50) {
                byte[] part = Arrays.copyOf(file, length);
                try {
                    // Bytes behind the picture, or padding at its end, may go.
                    assertThat(PictureDecoder.decode(part, name, ColorMode.COLOR)
                                    .values())
                            .isEqualTo(whole);
                } catch (Problem expected) {
                    assertThat(expected.where()).isEqualTo(name);
                }
            }
        }
    }

    @Nested
    @DisplayName("because bytes have changed")
    class Damaged {

        @Test
        void names_the_PNG_chunk_whose_checksum_does_not_fit() {
            byte[] file = GoldenPictures.bytes("png-rgb.png");
            file[60] ^= 1;

            assertThat(problem(file).what())
                    .isEqualTo(
                            "The picture is damaged: the checksum of PNG chunk IDAT at byte 33 does not fit its data");
        }

        @Test
        void names_a_PNM_value_beyond_the_largest() {
            assertThat(problem("P2 1 1 10\n11\n".getBytes(StandardCharsets.US_ASCII))
                            .what())
                    .isEqualTo("The picture is damaged: expected values up to 10, found 11");
        }

        @Test
        void refuses_a_picture_without_pixels() {
            assertThat(problem("P5 0 3 255\n".getBytes(StandardCharsets.US_ASCII))
                            .what())
                    .isEqualTo("The picture is damaged: its size is 0x3 pixels");
        }

        @Test
        void refuses_floating_point_TIFF() {
            byte[] file = GoldenPictures.bytes("../tiff-float.tif");

            assertThat(problem(file).what())
                    .isEqualTo("Expected 8 or 16 bits per channel, found floating-point or signed numbers");
        }

        @Test
        void ignores_EXIF_that_makes_no_sense() {
            byte[] file = GoldenPictures.bytes("jpeg-orientation-6.jpg");
            int exif = new String(file, StandardCharsets.ISO_8859_1).indexOf("Exif");
            Arrays.fill(file, exif + 10, exif + 14, (byte) 0xff); // the offset of the directory

            assertThat(PictureDecoder.decode(file, "cat.jpg", ColorMode.GREY).width())
                    .isEqualTo(23);
        }

        @ParameterizedTest
        @MethodSource("io.fovea.codec.GoldenPictures#names")
        void is_a_problem_or_a_picture_but_nothing_else(String name) {
            byte[] file = GoldenPictures.bytes(name);
            Random random = new Random(1);
            for (int trial = 0; trial < 40; trial++) {
                byte[] changed = file.clone();
                changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    PictureDecoder.decode(changed, name, ColorMode.COLOR);
                } catch (Problem expected) {
                    assertThat(expected.where()).isEqualTo(name);
                }
            }
        }
    }

    private static Problem problem(byte[] file) {
        return catchThrowableOfType(Problem.class, () -> PictureDecoder.decode(file, "cat.jpg", ColorMode.COLOR));
    }

    private static Problem problem(Path file) {
        return catchThrowableOfType(Problem.class, () -> PictureDecoder.decode(file, ColorMode.COLOR));
    }
}
