package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training without many words")
class TrainDefaultsTest {

    @TempDir
    Path folder;

    private InProcess fovea;

    @BeforeEach
    void hasTwelvePictures() throws IOException {
        fovea = new InProcess(folder.resolve("workspace"));
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 2; k++) {
            Path of = Files.createDirectories(folder.resolve("photos").resolve("c" + k));
            for (int i = 0; i < 6; i++) {
                byte[] values = new byte[32 * 32 * 3];
                for (int at = 0; at < values.length; at++) values[at] = (byte) (120 * k + random.nextInt(15));
                PngWriter.write(new Pixels(32, 32, 3, values), of.resolve(i + ".png"));
            }
        }
    }

    private Outcome ok(String line) {
        Outcome outcome = fovea.run(line);
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        return outcome;
    }

    private void imports(String name, String options) {
        ok("data import " + name + " " + folder.resolve("photos") + " " + options);
    }

    @Test
    void takes_a_network_for_thumbnails_and_a_batch_that_fits_and_says_so() {
        imports("small", "--size 24");
        Outcome outcome = ok("train --data small --epochs 1 --json");
        assertThat(outcome.json().path("network").asText()).isEqualTo("cifar-cnn");
        assertThat(outcome.json().path("remarks").get(0).asText())
                .isEqualTo("No network was named: cifar-cnn from scratch, for 8 training pictures of 24x24.");
        assertThat(outcome.progress()).contains("Note: No network was named: cifar-cnn from scratch");
    }

    @Test
    void takes_a_small_network_for_photographs_and_names_pretrained_weights() {
        imports("photos", "--size 96");
        Outcome outcome = ok("train --data photos --epochs 1 --json");
        assertThat(outcome.json().path("network").asText()).isEqualTo("photo-cnn");
        assertThat(outcome.json().path("remarks").get(1).asText())
                .isEqualTo("Weights that were trained on a million photographs need far fewer of yours: fovea network"
                        + " import resnet18-imagenet, then the same command once more.");
    }

    @Test
    void takes_features_of_weights_for_a_thousand_classes_where_the_workspace_has_them() {
        imports("photos", "--size 96");
        Path file = folder.resolve("squeezenet.safetensors");
        Safetensors.write(
                Initialization.of(Catalogue.entry("squeezenet1_1").network(), new SplittableRandom(1)), Map.of(), file);
        ok("network import mine " + file + " --network squeezenet1_1");

        Outcome features = ok("train --data photos --json");
        assertThat(features.json().path("network").asText()).startsWith("squeezenet1_1");
        assertThat(features.json().path("remarks").get(0).asText())
                .isEqualTo("No network was named: a new head on the features of mine, for 8 training pictures of 96x96."
                        + " To train from scratch: --network photo-cnn.");
        assertThat(features.json().path("remarks").get(1).asText())
                .startsWith("The weights were trained on pictures prepared as 224x224 color, crop with a margin of 32;"
                        + " the dataset holds them as 96x96 color, squash. ");

        // options that features do not have are a wish to train from scratch
        Outcome scratch = ok("train --data photos --epochs 1 --json");
        assertThat(scratch.json().path("network").asText()).isEqualTo("photo-cnn");
    }

    @Test
    void warns_of_a_network_with_more_weights_than_the_pictures_can_teach() {
        imports("small", "--size 24");
        Outcome outcome = ok("train --data small --network lenet --epochs 1 --json");
        long weights = io.fovea.network.Inference.of(Catalogue.network("lenet", new Shape(3, 24, 24), 2))
                .parameters();
        assertThat(outcome.json().path("remarks").get(0).asText())
                .startsWith(String.format(
                        java.util.Locale.ROOT,
                        "lenet has %,d weights, %,d for each of the 8 training pictures",
                        weights,
                        weights / 8));
    }

    @Test
    void warns_of_nothing_where_pictures_suffice() {
        imports("small", "--size 24");
        assertThat(ok("train --data small --network perceptron --epochs 1 --json")
                        .json()
                        .path("remarks"))
                .isEmpty();
    }
}
