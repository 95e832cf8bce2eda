package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real weights: folded batch norms (ResNet-18), folded ones of great spread (MobileNet), and none at all (SqueezeNet). */
@DisplayName("Fine-tuning real weights at its defaults")
class FineTuningSafetyTest {

    @TempDir
    static Path folder;

    private static InProcess program;
    private static Path data;

    @BeforeAll
    static void imports_photographs() {
        Optional<Path> found = Stream.concat(
                        Optional.ofNullable(System.getenv("FOVEA_DATA")).stream(),
                        Stream.of("../shared/data", "../../shared/data"))
                .map(Path::of)
                .filter(place -> Files.isDirectory(place.resolve("hymenoptera")))
                .filter(place -> Files.isDirectory(place.resolve("pretrained-imagenet")))
                .findFirst();
        assumeTrue(
                found.isPresent(),
                "Skipped: no folders \"hymenoptera\" and \"pretrained-imagenet\" in $FOVEA_DATA or ../shared/data");
        data = found.get();
        program = new InProcess(folder.resolve("workspace"));
        Outcome imported = program.run(
                "data",
                "import",
                "insects",
                data.resolve("hymenoptera").toString(),
                "--size",
                "64",
                "--crop-margin",
                "9",
                "--max-per-class",
                "24");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "resnet18, resnet18/resnet18.f16.safetensors, all",
        "squeezenet1_1, squeezenet1_1/squeezenet1_1.f16.safetensors, all",
        "mobilenet_v2_same, mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors, all",
        "resnet18, resnet18/resnet18.f16.safetensors, last:2"
    })
    void never_diverges_and_never_leaves_less_than_the_head_it_began_with(String network, String file, String mode) {
        Path weights = data.resolve("pretrained-imagenet").resolve(file);
        program.run("network", "import", network, weights.toString(), "--network", network);

        Outcome outcome = program.run(
                "train",
                "--data",
                "insects",
                "--pretrained",
                network,
                "--transfer",
                mode,
                "--epochs",
                "2",
                "--seed",
                "1",
                "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        JsonNode start = outcome.json().path("start");
        // guessing would be 0.69; at 0.01 by momentum the loss was beyond 1e10
        assertThat(start.at("/bestEpoch/validationLoss").asDouble())
                .isPositive()
                .isLessThan(5);
        if (start.path("kept").asBoolean()) {
            assertThat(outcome.json().path("weightsEpoch").asInt()).isZero();
        } else {
            assertThat(start.path("lossDifference").asDouble()).isNegative();
            assertThat(start.path("accuracyDifference").asDouble()).isNotNegative();
        }
    }
}
