package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.kernel.Lanes;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.thread.Workers;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The vector predictor with weights trained on ImageNet")
class PretrainedPredictionTest {

    private static final int SIDE = 224;

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "squeezenet1_1"})
    void meets_the_logits_of_libtorch_on_sixteen_photographs(String name) throws IOException {
        assumeTrue(Lanes.COUNT >= 16, "Skipped: the processor has fewer than 16 lanes");
        Path samples = data("imagenet-samples");
        Weights weights =
                Safetensors.read(data("pretrained-imagenet").resolve(name).resolve(name + ".f16.safetensors"));
        Network network = Catalogue.network(name, new Shape(3, SIDE, SIDE), 1000);
        Preprocessing preprocessing = new Preprocessing(
                SIDE, SIDE, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0.485f, 0.456f, 0.406f}, new float[] {
                    0.229f, 0.224f, 0.225f
                });
        byte[] pixels = crops(samples);

        float[] logits;
        try (Workers workers = new Workers(2)) {
            logits = new VectorPredictor(network, preprocessing, weights, workers).outputs(pixels, 16);
        }

        float[] expected =
                Safetensors.read(samples.resolve("expected-logits.safetensors")).values(name);
        assertThat(logits).containsExactly(expected, within(2e-4f));
    }

    @Test
    void knows_these_networks_of_the_catalogue() {
        assumeTrue(Lanes.COUNT >= 16, "Skipped: the processor has fewer than 16 lanes");

        assertThat(List.of("resnet18", "resnet50", "vgg16", "squeezenet1_1", "alexnet"))
                .allMatch(name -> VectorPredictor.supports(Catalogue.network(name, new Shape(3, SIDE, SIDE), 10)));
    }

    /** Returns the crops [16, H, W, C] in the order of the expected logits. */
    private static byte[] crops(Path samples) throws IOException {
        List<String> files = Pattern.compile("\"file\": \"([^\"]+\\.png)\"")
                .matcher(Files.readString(samples.resolve("expected.json")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        int length = SIDE * SIDE * 3;
        byte[] pixels = new byte[files.size() * length];
        for (int i = 0; i < files.size(); i++) {
            byte[] picture = PictureDecoder.decode(samples.resolve("crops224").resolve(files.get(i)), ColorMode.COLOR)
                    .values();
            System.arraycopy(picture, 0, pixels, i * length, length);
        }
        return pixels;
    }

    private static Path data(String name) {
        List<String> places = Stream.concat(
                        Optional.ofNullable(System.getenv("FOVEA_DATA")).stream(),
                        Stream.of("../shared/data", "../../shared/data"))
                .toList();
        Optional<Path> found = places.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(found.isPresent(), "Skipped: no folder \"" + name + "\" in $FOVEA_DATA or " + places);
        return found.orElseThrow();
    }
}
