package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("fovea tensorboard")
class TensorBoardCommandTest {

    @TempDir
    Path workspace;

    Path run;

    /** A run as "fovea train" leaves it, cut down to an epoch of one step. */
    @BeforeEach
    void leave_a_run() throws IOException {
        run = Files.createDirectories(workspace.resolve("runs/pets-mini-1"));
        Files.writeString(run.resolve("network.yaml"), """
            name: mini
            input: [1, 2, 2]
            layers:
              - flatten
              - dense: {outputs: 2}
            """);
        Files.writeString(run.resolve("settings.yaml"), "course: {epochs: 1}\n");
        Files.writeString(run.resolve("events.jsonl"), """
            {"event":"stepFinished","number":1,"at":"2026-01-01T12:00:01Z","epoch":1,"step":1,"loss":0.7,"accuracy":0.5,"error":null,"learningRate":0.01,"imagesPerSecond":30.0}
            {"event":"runFinished","number":2,"at":"2026-01-01T12:00:02Z","outcome":"COMPLETED","epochs":1,"steps":1,"seconds":1.0,"imagesPerSecond":30.0}
            """);
    }

    @Test
    void says_where_the_event_files_are() {
        Outcome outcome = new Program(workspace, Map.of()).run("tensorboard", "pets-mini-1", "--json");
        assertThat(outcome.progress()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(Path.of(outcome.json().get("tensorboard").asText())).isEqualTo(run.resolve("tensorboard"));
        assertThat(run.resolve("tensorboard/train/events.out.tfevents.1767268801.fovea"))
                .isNotEmptyFile();
    }

    @Test
    void offers_the_nearest_run_for_an_unknown_one() {
        Outcome outcome = new Program(workspace, Map.of()).run("tensorboard", "pets-mini-7");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .startsWith("There is no run named \"pets-mini-7\".")
                .contains("pets-mini-1");
    }
}
