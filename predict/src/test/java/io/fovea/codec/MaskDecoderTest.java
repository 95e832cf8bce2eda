package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mask's file")
class MaskDecoderTest {

    @Test
    void gives_the_grey_values_of_a_png() {
        byte[] png = PngWriter.bytes(new Pixels(1, 3, 1, new byte[] {0, 7, (byte) 255}));

        assertThat(MaskDecoder.decode(png, "m.png").values()).containsExactly((char) 0, (char) 7, (char) 255);
    }

    @Test
    void gives_one_bit_as_zero_and_one() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setSample(1, 0, 0, 1);

        assertThat(MaskDecoder.decode(png(image), "m.png").values()).containsExactly((char) 0, (char) 1);
    }

    @Test
    void gives_all_16_bits() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(1, 0, 0, 40_000);

        assertThat(MaskDecoder.decode(png(image), "m.png").values()).containsExactly((char) 0, (char) 40_000);
    }

    @Test
    void gives_the_index_in_a_palette_and_not_the_colour() throws IOException {
        byte[] colours = {10, 20, 30, 40};
        BufferedImage image = new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, colours, colours, new byte[4]));
        image.getRaster().setSample(1, 0, 0, 3);

        assertThat(MaskDecoder.decode(png(image), "m.png").values()).containsExactly((char) 0, (char) 3);
    }

    @Test
    void may_be_grey_that_is_stored_as_colour() {
        byte[] png = PngWriter.bytes(new Pixels(1, 1, 3, new byte[] {4, 4, 4}));

        assertThat(MaskDecoder.decode(png, "m.png").values()).containsExactly((char) 4);
    }

    @Test
    void is_refused_where_it_has_colours() {
        byte[] png = PngWriter.bytes(new Pixels(1, 1, 3, new byte[] {4, 5, 4}));

        Problem problem = catchThrowableOfType(Problem.class, () -> MaskDecoder.decode(png, "m.png"));

        assertThat(problem.what()).contains("found colours: red 4, green 5, blue 4 at column 0, row 0.");
        assertThat(problem.where()).isEqualTo("m.png");
    }

    @Test
    void says_that_jpeg_changes_numbers() {
        byte[] jpeg = JpegWriter.bytes(new Pixels(8, 8, 1, new byte[64]), 90);

        assertThat(MaskDecoder.decode(jpeg, "m.jpg").loss()).isEqualTo(MaskPicture.Loss.SOME);
        assertThat(MaskDecoder.decode(PngWriter.bytes(new Pixels(1, 1, 1, new byte[1])), "m.png")
                        .loss())
                .isEqualTo(MaskPicture.Loss.NONE);
    }

    @Test
    void that_is_none_is_refused_as_any_picture() {
        assertThat(catchThrowableOfType(Problem.class, () -> MaskDecoder.decode(new byte[] {1, 2, 3}, "m.png"))
                        .what())
                .startsWith("Expected a picture");
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
