package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.collection.GeneratedDigits;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
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

/** LeNet with drawn weights is a pretrained network too, if no good one: what counts here is the way to a model. */
@DisplayName("Pretrained weights as a model of their own classes")
class NetworkExportTest {

    @TempDir
    Path folder;

    private InProcess program;

    @BeforeEach
    void imports_weights_without_naming_their_network() throws IOException {
        program = new InProcess(folder.resolve("workspace"));
        Path file = folder.resolve("drawn.lenet.safetensors");
        Safetensors.write(
                Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)), Map.of(), file);
        Path names = Files.writeString(folder.resolve("names.txt"), "0\n1\ncrane\n3\n4\n5\n6\n7\ncrane\n9\n");
        Outcome imported = program.run("network", "import", file.toString(), "--classes", names.toString(), "--json");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
        assertThat(imported.json().path("network").asText()).isEqualTo("lenet");
        assertThat(imported.json().path("name").asText()).isEqualTo("drawn-lenet");
        assertThat(imported.json().path("remarks").toString())
                .contains("names and shapes are those of the network \\\"lenet\\\"")
                .contains("kept apart as \\\"crane (2)\\\", \\\"crane (8)\\\"");
    }

    @Test
    void has_all_classes_and_drawn_golden_pictures_and_predicts() {
        Outcome exported = program.run("network", "export", "drawn-lenet", "--json");

        assertThat(exported.exitCode()).as(exported.progress()).isZero();
        assertThat(exported.json().path("classes").asInt()).isEqualTo(10);
        assertThat(exported.json().path("goldenFrom").asText()).isEqualTo("drawn");
        Path file = Path.of(exported.json().path("bundle").asText());
        Manifest manifest = Bundle.open(file).manifest();
        assertThat(manifest.task().names()).contains("crane (2)", "crane (8)").doesNotHaveDuplicates();
        assertThat(manifest.golden()).hasSize(16);
        assertThat(manifest.provenance().settings()).containsEntry("pretrained", "drawn-lenet");

        Path picture = folder.resolve("one.png");
        try {
            Files.write(picture, Bundle.open(file).golden(manifest.golden().getFirst()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Outcome predicted = program.run("predict", "drawn-lenet", picture.toString(), "--json");
        assertThat(predicted.exitCode()).as(predicted.progress()).isZero();
        assertThat(predicted.json().at("/predictions/0/label").asInt())
                .isEqualTo(manifest.golden().getFirst().label());
    }

    @Test
    void is_judged_by_a_dataset_of_its_classes() throws IOException {
        GeneratedDigits.generate(30, 5, 4).write(folder.resolve("idx"));
        Path digits = Files.writeString(folder.resolve("digits.txt"), "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        program.run(
                "data", "import", "digits", folder.resolve("idx").toString(), "--resize", "crop", "classes=" + digits);

        Outcome unknown = program.run("network", "export", "drawn-lenet", "--data", "digits");
        Outcome judged = program.run(
                "network", "export", "drawn-lenet", "--data", "digits", "--classes", digits.toString(), "--json");

        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.progress()).contains("The network does not know every class of the dataset by its name");
        assertThat(judged.exitCode()).as(judged.progress()).isZero();
        assertThat(judged.json().path("pictures").asInt()).isEqualTo(350);
        assertThat(judged.json().path("goldenFrom").asText()).isEqualTo("digits");
        Manifest manifest =
                Bundle.open(Path.of(judged.json().path("bundle").asText())).manifest();
        assertThat(manifest.measurements().getFirst().on()).isEqualTo("all pictures of digits");
        assertThat(manifest.golden().getFirst().source()).doesNotStartWith("drawn/");
    }

    @Test
    void asks_for_weights_that_are_here() {
        Outcome outcome = program.run("network", "export", "drawn-lenot");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("drawn-lenet");
    }
}
