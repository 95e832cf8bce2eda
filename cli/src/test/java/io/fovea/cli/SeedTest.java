package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.collection.GeneratedDigits;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training without a seed")
class SeedTest {

    private static final String[] COMMAND = {
        "train", "--data", "digits", "--network", "perceptron", "--epochs", "8", "--threads", "1", "--json"
    };

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void imports_digits() {
        program = new Program(folder.resolve("workspace"), Map.of());
        GeneratedDigits.generate(60, 5, 4).write(folder.resolve("idx"));
        Outcome imported =
                program.run("data", "import", "digits", folder.resolve("idx").toString());
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
    }

    @Test
    void draws_one_and_shows_it_and_goes_on_with_it_when_typed_again() {
        Outcome killed =
                program.runUntil("epoch 2/8", process -> process.toHandle().destroyForcibly(), COMMAND);
        assertThat(killed.progress()).containsPattern("by vector kernels.*, seed [0-9]+\\.");
        String seed = killed.progress().replaceAll("(?s).*, seed ([0-9]+)\\..*", "$1");
        Outcome resumed = program.run(COMMAND);
        assertThat(resumed.progress()).contains("Going on after step ");
        assertThat(resumed.json().path("seed").asText()).isEqualTo(seed);
        assertThat(Workspace.at(folder.resolve("workspace")).names(Shelf.RUNS))
                .containsExactly("digits-perceptron-1", "import-digits-1");

        Outcome another = program.run(COMMAND);
        assertThat(another.progress()).doesNotContain("Going on");
        assertThat(another.json().path("seed").asText()).isNotEqualTo(seed);
    }

    @Test
    void refuses_a_value_out_of_range_before_anything_else() {
        Outcome outcome = program.run("train", "--data", "nothing", "--accumulate", "0");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress()).startsWith("accumulatedBatches must be at least 1: 0.\n  where: fovea train\n");
        Outcome both = program.run("train", "--data", "nothing", "--clip-norm", "1", "--clip-value", "1");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.progress()).startsWith("--clip-norm and --clip-value exclude each other.");
    }
}
