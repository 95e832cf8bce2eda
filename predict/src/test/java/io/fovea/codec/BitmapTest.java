package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All kinds that can be read are in {@link PictureDecoderTest}; here are the strange ones. */
@DisplayName("A bitmap")
class BitmapTest {

    private static final int BITS_AT = 28;
    private static final int STORAGE_AT = 30;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "24|4|Expected a BMP of 1 to 32 bits, plain or run-length encoded, found 24 bits with a JPEG inside",
                "24|5|Expected a BMP of 1 to 32 bits, plain or run-length encoded, found 24 bits with a PNG inside",
                "8|3|Expected a BMP of 1 to 32 bits, plain or run-length encoded, found 8 bits stored in way 3 with a"
                        + " header of 40 bytes",
                "64|0|Expected a BMP of 1 to 32 bits, plain or run-length encoded, found 64 bits stored in way 0 with"
                        + " a header of 40 bytes",
                "8|2|Expected a BMP of 1 to 32 bits, plain or run-length encoded, found 8 bits stored in way 2 with a"
                        + " header of 40 bytes"
            })
    void is_refused_if_its_pixels_are_stored_in_a_way_that_is_not_read(int bits, int storage, String what) {
        byte[] file = onePixel(bits, storage, 0, 0, 0);

        assertThat(problem(file).what()).isEqualTo(what);
    }

    @Test
    void is_refused_if_a_fax_is_inside() {
        byte[] file = GoldenPictures.bytes("bmp-palette-1-header-40.bmp");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(14, 64).putInt(STORAGE_AT, 3);

        assertThat(problem(file).what()).endsWith("found 1 bits stored in way 3 with a header of 64 bytes");
    }

    @Test
    void is_refused_if_the_bits_of_a_mask_lie_apart() {
        assertThat(problem(onePixel(32, 3, 0xff00ff00, 0xff, 0)).what())
                .isEqualTo("The picture is damaged: expected a mask of bits side by side, found ff00ff00");
    }

    @Test
    void is_refused_if_its_masks_are_empty() {
        assertThat(problem(onePixel(32, 3, 0, 0, 0)).what())
                .isEqualTo("The picture is damaged: a BMP whose masks name no bits for its colours");
    }

    @Test
    void takes_all_32_bits_for_one_channel_if_its_mask_says_so() {
        assertThat(decoded(onePixel(32, 3, 0xffffffff, 0, 0))).containsExactly(0x99, 0, 0);
    }

    @Test
    void is_refused_if_a_pixel_has_a_colour_behind_the_palette() {
        byte[] file = GoldenPictures.bytes("bmp-palette-4-header-40.bmp");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(46, 3);

        assertThat(problem(file).what())
                .startsWith("The picture is damaged: expected colours below 3 of its palette, found ");
    }

    @Test
    void is_refused_if_its_pixels_begin_inside_its_header() {
        byte[] file = onePixel(24, 0, 0, 0, 0);
        file[10] = 53;

        assertThat(problem(file).what()).isEqualTo("The picture is damaged: its pixels begin inside its header");
    }

    @ParameterizedTest
    @CsvSource({"13", "125"})
    void is_refused_if_its_header_is_of_no_known_length(int length) {
        byte[] file = onePixel(24, 0, 0, 0, 0);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(14, length);

        assertThat(problem(file).what())
                .startsWith("The picture is damaged: expected a BMP header of 12 to 124 bytes, found ");
    }

    @Test
    void is_cut_off_if_its_runs_end_before_its_last_row() {
        byte[] file = GoldenPictures.bytes("bmp-runs-8.bmp");

        assertThat(problem(Arrays.copyOf(file, file.length - 20)).what()).startsWith("The picture is cut off");
    }

    @Test
    void cuts_runs_at_the_end_of_a_row() {
        byte[] file = onePixel(8, 1, 0, 0, 0);
        file[46] = 3; // colours, the bytes of "masks"
        byte[] longRun = Arrays.copyOf(file, file.length + 4);
        longRun[66] = (byte) 200;
        longRun[67] = 0;

        assertThat(decoded(longRun)).containsExactly(0, 0, 0);
    }

    /** A pixel of the bytes 66 77 88 99, behind a header of 40 bytes and three masks. */
    private static byte[] onePixel(int bits, int storage, int red, int green, int blue) {
        return ByteBuffer.allocate(70)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'B')
                .put((byte) 'M')
                .putInt(70)
                .putInt(0)
                .putInt(66)
                .putInt(40)
                .putInt(1)
                .putInt(1)
                .putShort((short) 1)
                .putShort(BITS_AT, (short) bits)
                .putInt(STORAGE_AT, storage)
                .position(54)
                .putInt(red)
                .putInt(green)
                .putInt(blue)
                .put(new byte[] {0x66, 0x77, (byte) 0x88, (byte) 0x99})
                .array();
    }

    private static int[] decoded(byte[] file) {
        byte[] values =
                PictureDecoder.decode(file, "pixel.bmp", ColorMode.COLOR).values();
        return new int[] {values[0] & 0xff, values[1] & 0xff, values[2] & 0xff};
    }

    private static Problem problem(byte[] file) {
        return catchThrowableOfType(Problem.class, () -> PictureDecoder.decode(file, "pixel.bmp", ColorMode.COLOR));
    }
}
