package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.collection.GeneratedDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Experiments by command")
class ExperimentCommandsTest {

    @TempDir
    Path folder;

    private InProcess program;

    @BeforeEach
    void imports_digits() {
        program = new InProcess(folder.resolve("workspace"));
        GeneratedDigits.generate(30, 5, 4).write(folder.resolve("idx"));
        program.run("data", "import", "digits", folder.resolve("idx").toString());
    }

    @Test
    void draw_the_loss_over_the_learning_rate() {
        Outcome outcome = program.run(
                "train", "--data", "digits", "--network", "perceptron", "--find-learning-rate", "--seed", "1");
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.results()).contains("Suggestion  --learning-rate ", "learning-rate.csv");
        assertThat(outcome.results().lines().limit(13))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void refuse_a_network_that_answers_with_maps_where_every_picture_has_one_class() {
        Outcome outcome = program.run("train", "--data", "digits", "--network", "unet-small");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .contains("A classifier ends with features [N, K], but this network ends with maps")
                .contains("choose a network that ends with a dense layer with 10 outputs");
    }

    @Test
    void validate_by_folds() {
        Outcome outcome = program.run(
                "train", "--data", "digits", "--network", "perceptron", "--folds", "3", "--epochs", "2", "--json");
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("folds")).hasSize(3);
        assertThat(outcome.json().path("accuracyInterval")).hasSize(2);
    }

    @Test
    void compare_settings_and_write_the_best() {
        Outcome outcome = program.run(
                "tune",
                "--data",
                "digits",
                "--network",
                "perceptron",
                "--learning-rate",
                "0.00001,0.02",
                "--epochs",
                "3",
                "--json");
        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json()
                        .path("trials")
                        .path(0)
                        .path("tried")
                        .path("learning_rate")
                        .asText())
                .isEqualTo("0.02");
        assertThat(Files.exists(Path.of(outcome.json().path("bestSettings").asText())))
                .isTrue();
    }

    @Test
    void say_what_is_wrong_with_what_is_to_be_tried() {
        Outcome range = program.run("tune", "--data", "digits", "--learning-rate", "0.1..0.2");
        assertThat(range.exitCode()).isEqualTo(2);
        assertThat(range.progress()).startsWith("A range of learning_rate needs random search");
        Outcome nothing = program.run("tune", "--data", "digits");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.progress()).startsWith("nothing to try");
    }
}
