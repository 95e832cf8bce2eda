package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.ColorMode;
import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The data of a JPEG picture")
class JpegCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-444.jpg",
                "jpeg-422.jpg",
                "jpeg-420.jpg",
                "jpeg-progressive.jpg",
                "jpeg-grey.jpg",
                "jpeg-cmyk.jpg",
                "jpeg-one-pixel.jpg"
            })
    void are_left_as_they_are_if_they_are_whole(String name) {
        PictureFile file = file(GoldenPictures.bytes(name));

        assertThat(JpegCheck.whole(file)).isSameAs(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-444.jpg", "jpeg-420.jpg", "jpeg-progressive.jpg"})
    void may_have_stray_bytes_between_their_parts(String name) {
        byte[] whole = GoldenPictures.bytes(name);
        int tables = indexOf(whole, 0xff, 0xdb);
        byte[] stray = inserted(inserted(whole, whole.length - 2, 1, 2, 3), tables, 7, 8);

        assertThat(JpegCheck.whole(file(stray)).bytes()).isEqualTo(whole);
        assertThat(decoded(stray)).isEqualTo(decoded(whole));
    }

    @Test
    void may_name_a_version_that_nobody_knows() {
        byte[] whole = GoldenPictures.bytes("jpeg-444.jpg");
        byte[] changed = whole.clone();
        changed[new String(whole, StandardCharsets.ISO_8859_1).indexOf("JFIF") + 5] = 9;

        assertThat(decoded(changed)).isEqualTo(decoded(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-444.jpg", "jpeg-progressive.jpg"})
    void are_refused_if_they_end_before_the_picture_does(String name) {
        byte[] whole = GoldenPictures.bytes(name);
        byte[] shorter = Arrays.copyOf(whole, whole.length - 10);
        shorter[shorter.length - 3] = 0;
        shorter[shorter.length - 2] = (byte) 0xff;
        shorter[shorter.length - 1] = (byte) 0xd9;

        assertThat(problem(shorter).what())
                .startsWith("The picture is damaged: its JPEG data are not whole from about row ");
    }

    @Test
    void are_refused_if_they_are_coded_in_a_way_that_is_not_read() {
        byte[] file = GoldenPictures.bytes("jpeg-444.jpg");
        file[indexOf(file, 0xff, 0xc0) + 1] = (byte) 0xc9;

        assertThat(problem(file).what())
                .isEqualTo("Expected a JPEG with Huffman codes, baseline or progressive, found frame c9");
    }

    private static byte[] inserted(byte[] bytes, int at, int... more) {
        byte[] out = new byte[bytes.length + more.length];
        System.arraycopy(bytes, 0, out, 0, at);
        for (int i = 0; i < more.length; i++) out[at + i] = (byte) more[i];
        System.arraycopy(bytes, at, out, at + more.length, bytes.length - at);
        return out;
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        int at = 0;
        while (bytes[at] != (byte) first || bytes[at + 1] != (byte) second) at++;
        return at;
    }

    private static PictureFile file(byte[] bytes) {
        return new PictureFile(bytes, "cat.jpg", PictureLimits.DEFAULT);
    }

    private static byte[] decoded(byte[] file) {
        return PictureDecoder.decode(file, "cat.jpg", ColorMode.COLOR).values();
    }

    private static Problem problem(byte[] file) {
        return catchThrowableOfType(Problem.class, () -> decoded(file));
    }
}
