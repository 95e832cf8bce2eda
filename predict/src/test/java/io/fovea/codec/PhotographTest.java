package io.fovea.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sixteen photographs and their crops by torchvision's recipe, if the shared data is there. */
@DisplayName("A photograph from file to network input")
class PhotographTest {

    private static final int SIDE = 224;
    private static final int BORDER = 16; // of 256

    @Test
    void is_the_crop_that_published_weights_expect() throws IOException {
        Path samples = samples();
        List<Path> crops = list(samples.resolve("crops224"));
        assertThat(crops).hasSize(16);
        for (Path crop : crops) {
            Path photograph = photograph(samples.resolve("photos"), crop);
            Pixels scaled = Resize.to(PictureDecoder.decode(photograph, ColorMode.COLOR), 256, 256, ResizeMode.CROP);

            byte[] expected = PictureDecoder.decode(crop, ColorMode.COLOR).values();

            assertThat(middle(scaled)).as(crop.toString()).isEqualTo(expected);
        }
    }

    private static Path samples() {
        Optional<Path> folder = Stream.of(System.getenv("FOVEA_DATA"), "../shared/data", "../../shared/data")
                .filter(name -> name != null)
                .map(name -> Path.of(name, "imagenet-samples"))
                .filter(Files::isDirectory)
                .findFirst();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: no folder imagenet-samples in $FOVEA_DATA or ../shared/data");
        return folder.get();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".png") || file.toString().endsWith(".JPEG"))
                    .sorted()
                    .toList();
        }
    }

    private static Path photograph(Path folder, Path crop) {
        String name = crop.getFileName().toString();
        return folder.resolve(name.substring(0, name.lastIndexOf('.')) + ".JPEG");
    }

    private static byte[] middle(Pixels picture) {
        byte[] values = new byte[SIDE * SIDE * 3];
        for (int y = 0; y < SIDE; y++) {
            int from = ((y + BORDER) * picture.width() + BORDER) * 3;
            System.arraycopy(picture.values(), from, values, y * SIDE * 3, SIDE * 3);
        }
        return values;
    }
}
