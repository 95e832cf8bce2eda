package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files and what Pillow reads from them are made by {@code src/test/python/pictures.py}. */
@DisplayName("Decoding a picture")
class PictureDecoderTest {

    private static final Path PICTURES = Path.of("src/test/resources/io/fovea/image/pictures");

    static Stream<String> pictures() throws IOException {
        try (Stream<Path> files = Files.list(PICTURES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".rgb"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void gives_what_Pillow_gives(String name) {
        Pixels expected = expected(name);
        Pixels found = PictureDecoder.decode(PICTURES.resolve(name), ColorMode.COLOR);

        assertThat(found.height()).isEqualTo(expected.height());
        assertThat(found.width()).isEqualTo(expected.width());
        assertThat(largestDifference(expected, found)).isLessThanOrEqualTo(tolerance(name));
    }

    /** OpenCV divides by 256 where ink meets black, and libtiff multiplies by alpha before we can: both may be off by one. */
    private static int tolerance(String name) {
        return name.matches("jpeg-(cmyk|ycck).*|tiff-alpha.*") ? 1 : 0;
    }

    private static int largestDifference(Pixels expected, Pixels found) {
        int largest = 0;
        for (int i = 0; i < found.values().length; i++) {
            largest = Math.max(largest, Math.abs((expected.values()[i] & 0xff) - (found.values()[i] & 0xff)));
        }
        return largest;
    }

    private static Pixels expected(String name) {
        try {
            byte[] content = Files.readAllBytes(PICTURES.resolve(name + ".rgb"));
            int end = 0;
            while (content[end] != '\n') end++;
            int[] shape = Arrays.stream(new String(content, 0, end, StandardCharsets.US_ASCII).split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            byte[] values = Arrays.copyOfRange(content, end + 1, content.length);
            return ColorConversion.to(ColorMode.COLOR, new Pixels(shape[0], shape[1], shape[2], values));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
