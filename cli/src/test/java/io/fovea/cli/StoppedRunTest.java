package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
@DisplayName("A run that was stopped")
class StoppedRunTest {

    private static final String[] COMMAND = {
        "lab", "mnist", "--data", "generated", "--network", "perceptron", "--epochs", "12", "--threads", "1", "--json"
    };

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void startsInAnEmptyWorkspace() {
        program = new Program(folder, Map.of());
    }

    @Test
    void by_ctrl_c_ends_with_130_after_a_checkpoint_and_goes_on_with_the_same_command() {
        Outcome stopped = program.runUntil("epoch 2/12", process -> signal(process, "-INT"), COMMAND);
        assertThat(stopped.exitCode()).as(stopped.progress()).isEqualTo(130);
        assertThat(stopped.progress()).contains("Stopping after a checkpoint", "The same command goes on from here");
        assertThat(stopped.results()).isEmpty();

        Outcome resumed = program.run(COMMAND);
        assertThat(resumed.exitCode()).as(resumed.progress()).isZero();
        assertThat(resumed.progress()).contains("Going on after step ").doesNotContain("epoch 1/12");
        assertThat(resumed.json().path("epochs").asInt()).isEqualTo(12);
        assertThat(Workspace.at(folder).names(Shelf.RUNS)).containsExactly("generated-perceptron-1");
    }

    @Test
    void by_a_kill_ends_in_the_same_accuracy_as_one_that_was_not() {
        Outcome killed = program.runUntil("epoch 3/12", process -> signal(process, "-KILL"), COMMAND);
        assertThat(killed.exitCode()).isNotZero();

        Outcome resumed = program.run(COMMAND);
        Outcome whole = program.run(COMMAND);
        assertThat(resumed.progress()).contains("Going on after step ");
        assertThat(whole.progress()).doesNotContain("Going on");
        assertThat(resumed.json().path("testAccuracy")).isEqualTo(whole.json().path("testAccuracy"));
        assertThat(Workspace.at(folder).names(Shelf.RUNS))
                .containsExactly("generated-perceptron-1", "generated-perceptron-2");
    }

    private static void signal(Process process, String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
    }
}
