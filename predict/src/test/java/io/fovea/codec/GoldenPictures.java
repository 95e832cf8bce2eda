package io.fovea.codec;

import io.fovea.image.ColorConversion;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The picture files of the tests, and what Pillow reads from them; {@code src/test/python/pictures.py} makes both. */
final class GoldenPictures {

    private static final Path FOLDER = Path.of("src/test/resources/io/fovea/image/pictures");

    private GoldenPictures() {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".rgb"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a reader should see, in colour. */
    static Pixels expected(String name) {
        byte[] content = bytes(name + ".rgb");
        int end = 0;
        while (content[end] != '\n') end++;
        int[] shape = Arrays.stream(new String(content, 0, end, StandardCharsets.US_ASCII).split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        byte[] values = Arrays.copyOfRange(content, end + 1, content.length);
        return ColorConversion.to(ColorMode.COLOR, new Pixels(shape[0], shape[1], shape[2], values));
    }
}
