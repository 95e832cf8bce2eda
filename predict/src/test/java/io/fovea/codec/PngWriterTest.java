package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Writing PNG")
class PngWriterTest {

    @Nested
    @DisplayName("as bytes")
    class Bytes {

        @ParameterizedTest
        @CsvSource({"1, 1, 1", "1, 1, 3", "1, 9, 1", "9, 1, 3", "28, 28, 1", "61, 83, 3"})
        void is_read_back_the_same_by_Java_and_by_Fovea(int height, int width, int channels) throws Exception {
            Pixels picture = noise(height, width, channels);
            ColorMode mode = channels == 1 ? ColorMode.GREY : ColorMode.COLOR;

            byte[] file = PngWriter.bytes(picture);

            BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
            assertThat(PictureDecoder.fromImage(read, mode).values()).isEqualTo(picture.values());
            assertThat(PictureDecoder.decode(file, "written", mode).values()).isEqualTo(picture.values());
        }

        @Test
        void stores_a_slope_as_differences_in_little_space() {
            byte[] values = new byte[256 * 256];
            for (int i = 0; i < values.length; i++) values[i] = (byte) (i % 256 + i / 256);

            assertThat(PngWriter.bytes(new Pixels(256, 256, 1, values))).hasSizeLessThan(1000);
        }

        @Test
        void compresses_a_photograph_no_worse_than_Java_does() throws Exception {
            Pixels picture = GoldenPictures.expected("webp-lossy.webp");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngWriter.bytes(picture)));
            ByteArrayOutputStream java = new ByteArrayOutputStream();
            ImageIO.write(image, "png", java);

            assertThat(PngWriter.bytes(picture)).hasSizeLessThanOrEqualTo(java.size());
        }

        @Test
        void gives_the_same_bytes_for_the_same_picture() {
            assertThat(PngWriter.bytes(noise(5, 7, 3))).isEqualTo(PngWriter.bytes(noise(5, 7, 3)));
        }
    }

    @Nested
    @DisplayName("to a file")
    class ToFile {

        @Test
        void replaces_what_was_there_and_leaves_nothing_beside_it(@TempDir Path folder) throws Exception {
            Path target = folder.resolve("cat.png");
            Files.writeString(target, "something else");

            PngWriter.write(noise(3, 4, 3), target);

            assertThat(PictureDecoder.decode(target, ColorMode.COLOR).values())
                    .isEqualTo(noise(3, 4, 3).values());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(target);
            }
        }

        @Test
        void says_which_file_could_not_be_written(@TempDir Path folder) {
            Path target = folder.resolve("no such folder").resolve("cat.png");

            Problem problem = catchThrowableOfType(Problem.class, () -> PngWriter.write(noise(1, 1, 1), target));

            assertThat(problem.what()).startsWith("The picture cannot be written: ");
            assertThat(problem.where()).isEqualTo(target.toString());
            assertThat(problem.remedy())
                    .isEqualTo("check that the folder exists, that you may write there, and that the disk has room");
        }
    }

    private static Pixels noise(int height, int width, int channels) {
        byte[] values = new byte[height * width * channels];
        new Random(height).nextBytes(values);
        return new Pixels(height, width, channels, values);
    }
}
