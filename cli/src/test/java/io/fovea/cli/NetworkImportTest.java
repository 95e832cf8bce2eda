package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Catalogue;
import io.fovea.network.Parameters;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Npz;
import io.fovea.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing weights by command")
class NetworkImportTest {

    @TempDir
    Path folder;

    private InProcess program;
    private Path file;

    @BeforeEach
    void hasAFileOfWeights() {
        program = new InProcess(folder.resolve("workspace"));
        file = folder.resolve("lenet.npz");
        Npz.write(
                new Weights(Parameters.of(Catalogue.entry("lenet").network()).stream()
                        .map(specification -> new NamedTensor(
                                specification.name(), specification.shape(), new float[(int) specification.count()]))
                        .toList()),
                file);
    }

    @Test
    void says_what_fitted_and_keeps_the_weights() {
        Outcome outcome = program.run("network", "import", "mine", file.toString(), "--network", "lenet", "--json");
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("outputs").asInt()).isEqualTo(10);
        assertThat(outcome.json().path("form").asText()).isEqualTo("npz");
        assertThat(outcome.json().path("fitted")).hasSize(8);
        assertThat(outcome.json().path("missing")).isEmpty();
        Outcome list = program.run("network", "weights", "--json");
        assertThat(list.json().path("imported").path(0).path("name").asText()).isEqualTo("mine");
        assertThat(list.json().path("published")).hasSizeGreaterThan(10);
    }

    @Test
    void writes_nothing_where_the_network_is_another() {
        Outcome outcome = program.run("network", "import", "mine", file.toString(), "--network", "mnist-cnn");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .startsWith("The weights do not fit the network \"mnist-cnn\"")
                .contains("do:    they look like those of \"lenet\": give --network lenet");
        assertThat(Files.exists(folder.resolve("workspace/weights/mine"))).isFalse();
    }

    @Test
    void asks_for_a_name_that_is_published_where_no_file_is_given() {
        Outcome outcome = program.run("network", "import", "resnet18-imagnet");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("did you mean \"resnet18-imagenet\"?");
    }
}
