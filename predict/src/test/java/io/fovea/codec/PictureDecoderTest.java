package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.image.ColorConversion;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Decoding a picture")
class PictureDecoderTest {

    @Nested
    @DisplayName("of any format and kind")
    class Pillow {

        @ParameterizedTest
        @MethodSource("io.fovea.codec.GoldenPictures#names")
        void gives_what_Pillow_gives(String name) {
            Pixels expected = GoldenPictures.expected(name);
            Pixels found = PictureDecoder.decode(GoldenPictures.file(name), ColorMode.COLOR);

            assertThat(found.height()).isEqualTo(expected.height());
            assertThat(found.width()).isEqualTo(expected.width());
            assertThat(largestDifference(expected, found)).isLessThanOrEqualTo(tolerance(name));
        }

        /** OpenCV divides by 256 where ink meets black: off by one. */
        private static int tolerance(String name) {
            return name.matches("jpeg-(cmyk|ycck).*") ? 1 : 0;
        }

        @ParameterizedTest
        @ValueSource(strings = {"png-rgb.png", "png-grey.png", "bmp-24.bmp", "gif-palette.gif", "tiff-lzw.tif"})
        void gives_what_Java_reads_itself(String name) throws Exception {
            BufferedImage image = ImageIO.read(GoldenPictures.file(name).toFile());

            Pixels found = PictureDecoder.decode(GoldenPictures.file(name), ColorMode.COLOR);

            assertThat(found.values())
                    .isEqualTo(PictureDecoder.fromImage(image, ColorMode.COLOR).values());
        }
    }

    @Nested
    @DisplayName("in grey")
    class Grey {

        @Test
        void weighs_red_green_and_blue_as_Pillow_does() {
            // Pillow: Image.new("RGB", (1, 1), colour).convert("L")
            assertThat(greyOf(255, 0, 0)).isEqualTo(76);
            assertThat(greyOf(0, 255, 0)).isEqualTo(150);
            assertThat(greyOf(0, 0, 255)).isEqualTo(29);
            assertThat(greyOf(255, 255, 255)).isEqualTo(255);
            assertThat(greyOf(1, 2, 3)).isEqualTo(2);
        }

        private static int greyOf(int red, int green, int blue) {
            byte[] pixel = ("P6 1 1 255\n" + (char) red + (char) green + (char) blue)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            return PictureDecoder.decode(pixel, "one pixel", ColorMode.GREY).at(0, 0, 0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"jpeg-grey.jpg", "png-grey.png", "png-grey-16.png", "tiff-lzw-grey.tif", "portable.pgm"})
        void leaves_grey_files_as_they_are(String name) {
            Pixels found = PictureDecoder.decode(GoldenPictures.file(name), ColorMode.GREY);

            assertThat(found.channels()).isEqualTo(1);
            assertThat(ColorConversion.to(ColorMode.COLOR, found).values())
                    .isEqualTo(GoldenPictures.expected(name).values());
        }

        @Test
        void turns_pictures_upright_too() {
            Pixels found = PictureDecoder.decode(GoldenPictures.file("jpeg-orientation-6.jpg"), ColorMode.GREY);

            assertThat(found.height()).isEqualTo(23);
            assertThat(found.width()).isEqualTo(17);
        }
    }

    @Nested
    @DisplayName("of an image that Java holds")
    class FromImage {

        @Test
        void takes_grey_values_as_they_are() {
            BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(1, 0, 0, 100);

            assertThat(PictureDecoder.fromImage(image, ColorMode.GREY).values()).containsExactly(0, 100);
        }

        @Test
        void keeps_the_upper_eight_of_sixteen_bits() {
            BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
            image.getRaster().setSample(0, 0, 0, 0x12ff);

            assertThat(PictureDecoder.fromImage(image, ColorMode.GREY).values()).containsExactly(0x12);
        }

        @Test
        void puts_red_first() {
            BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
            image.setRGB(0, 0, 0x010203);

            assertThat(PictureDecoder.fromImage(image, ColorMode.COLOR).values())
                    .containsExactly(1, 2, 3);
        }

        @Test
        void lays_transparent_pixels_on_white() {
            BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
            image.setRGB(1, 0, 0x80_00_00_00);

            assertThat(PictureDecoder.fromImage(image, ColorMode.GREY).values()).containsExactly((byte) 255, 127);
        }

        @ParameterizedTest
        @ValueSource(strings = {"png-rgba.png", "png-palette-transparent.png", "png-one-bit.png", "bmp-8-palette.bmp"})
        void gives_what_decoding_the_file_gives(String name) throws Exception {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(GoldenPictures.bytes(name)));

            Pixels found = PictureDecoder.fromImage(image, ColorMode.COLOR);

            assertThat(found.values()).isEqualTo(GoldenPictures.expected(name).values());
        }
    }

    @Nested
    @DisplayName("again and again")
    class Repeated {

        /** Java's own heap grows into what it has reserved, in some of the rounds; what is kept natively grows in every one. */
        @Test
        void gives_all_native_memory_back() throws IOException {
            byte[] file = photograph(800, 600);
            decode(file, 20);
            long pointers = Pointer.totalCount();
            long bytes = Pointer.totalBytes();

            long leastGrowth = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long resident = Pointer.physicalBytes();
                decode(file, 50);
                leastGrowth = Math.min(leastGrowth, Pointer.physicalBytes() - resident);
            }

            assertThat(Pointer.totalCount()).isEqualTo(pointers);
            assertThat(Pointer.totalBytes()).isEqualTo(bytes);
            // a picture holds 1.4 MB: kept, a round would be 72 MB
            assertThat(leastGrowth).isLessThan(36L << 20);
        }

        private static byte[] photograph(int width, int height) throws IOException {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) image.setRGB(x, y, x * 0x1_02 + y * 0x3_01_00);
            }
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", file);
            return file.toByteArray();
        }

        private static void decode(byte[] file, int times) {
            for (int i = 0; i < times; i++) PictureDecoder.decode(file, "again", ColorMode.COLOR);
        }

        @Test
        void gives_the_same_in_several_threads_at_once() throws Exception {
            byte[] file = GoldenPictures.bytes("jpeg-progressive.jpg");
            byte[] expected = GoldenPictures.expected("jpeg-progressive.jpg").values();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<Pixels>> found = IntStream.range(0, 400)
                        .mapToObj(i -> threads.submit(() -> PictureDecoder.decode(file, "at once", ColorMode.COLOR)))
                        .toList();
                for (Future<Pixels> picture : found)
                    assertThat(picture.get().values()).isEqualTo(expected);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static int largestDifference(Pixels expected, Pixels found) {
        int largest = 0;
        for (int i = 0; i < found.values().length; i++) {
            largest = Math.max(largest, Math.abs((expected.values()[i] & 0xff) - (found.values()[i] & 0xff)));
        }
        return largest;
    }
}
