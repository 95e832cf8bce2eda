package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One small lab on digits that Fovea draws, then everything that can be done with its model. */
@DisplayName("The lab on generated digits")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTest {

    private static final String DATA = "generated-small-seed1";

    private Path workspace;
    private InProcess program;
    private Outcome lab;
    private JsonNode outcome;

    @BeforeAll
    void runsOnce(@TempDir Path folder) {
        workspace = folder;
        program = new InProcess(workspace);
        lab = program.run("lab", "mnist", "--data", "generated", "--network", "lenet", "--epochs", "1", "--json");
        assertThat(lab.exitCode()).as(lab.progress()).isZero();
        outcome = lab.json();
    }

    @Test
    void tells_its_outcome_in_the_promised_words() {
        List<String> names = new ArrayList<>();
        outcome.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "lab",
                        "size",
                        "data",
                        "remarks",
                        "network",
                        "parameters",
                        "epochs",
                        "trainImages",
                        "testImages",
                        "testAccuracy",
                        "testAccuracyInterval",
                        "testMeasures",
                        "seconds",
                        "imagesPerSecond",
                        "bundle",
                        "parityMaxAbsDifference",
                        "falseAlarms",
                        "falseAlarmsInterval",
                        "seed");
        assertThat(outcome.path("trainImages").asInt()).isEqualTo(6_000);
        assertThat(outcome.path("testImages").asInt()).isEqualTo(10_000);
        assertThat(outcome.path("parameters").asInt()).isEqualTo(431_080);
        assertThat(outcome.path("seconds").path("total").asDouble())
                .isGreaterThan(outcome.path("seconds").path("training").asDouble());
    }

    @Test
    void tells_how_many_familiar_pictures_the_model_calls_unknown() {
        double share = outcome.path("falseAlarms").asDouble();
        assertThat(share).isBetween(0.01, 0.12);
        assertThat(outcome.path("falseAlarmsInterval").path(0).asDouble()).isLessThan(share);
        assertThat(outcome.path("falseAlarmsInterval").path(1).asDouble()).isGreaterThan(share);
        Outcome evaluation = program.run("evaluate", "generated-lenet", "--data", DATA, "--split", "test");
        assertThat(evaluation.exitCode()).as(evaluation.progress()).isZero();
        assertThat(evaluation.results())
                .containsPattern("\\d+ of 10,000 pictures \\(\\d+\\.\\d %\\) are unlike anything");
    }

    @Test
    void says_of_a_black_picture_and_of_noise_that_they_are_unlike_anything_it_learned_from() {
        byte[] noise = new byte[28 * 28];
        new SplittableRandom(1).nextBytes(noise);
        Path black = workspace.resolve("black.png");
        Path noisy = workspace.resolve("noise.png");
        PngWriter.write(new Pixels(28, 28, 1, new byte[28 * 28]), black);
        PngWriter.write(new Pixels(28, 28, 1, noise), noisy);
        String model = outcome.path("bundle").asText();

        Outcome words = program.run("predict", model, black.toString(), noisy.toString());
        Outcome json = program.run("predict", model, noisy.toString(), "--json");

        assertThat(words.results().lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith(" - unlike anything it learned from"));
        JsonNode answer = json.json().path("predictions").path(0);
        assertThat(answer.path("familiar").isBoolean()).isTrue();
        assertThat(answer.path("familiar").asBoolean()).isFalse();
        assertThat(answer.path("distance").asDouble())
                .isGreaterThan(answer.path("threshold").asDouble());
    }

    @Test
    void puts_the_accuracy_inside_its_interval() {
        double accuracy = outcome.path("testAccuracy").asDouble();
        assertThat(accuracy).isGreaterThan(0.5);
        assertThat(outcome.path("testAccuracyInterval").path(0).asDouble()).isLessThan(accuracy);
        assertThat(outcome.path("testAccuracyInterval").path(1).asDouble()).isGreaterThan(accuracy);
    }

    @Test
    void writes_a_model_that_predicts_as_it_was_trained() {
        assertThat(outcome.path("parityMaxAbsDifference").asDouble()).isLessThan(1e-4);
        assertThat(Path.of(outcome.path("bundle").asText())).isRegularFile();
    }

    @Test
    void shows_an_epoch_per_line_where_there_is_no_terminal() {
        assertThat(lab.progress())
                .contains("epoch 1/1  loss ")
                .doesNotContain("\r")
                .doesNotContain("\u001b");
    }

    @Test
    void can_be_evaluated_to_the_same_accuracy() {
        Outcome evaluation = program.run("evaluate", "generated-lenet", "--data", DATA, "--json");
        assertThat(evaluation.exitCode()).as(evaluation.progress()).isZero();
        assertThat(evaluation.json().path("accuracy").asDouble())
                .isEqualTo(outcome.path("testAccuracy").asDouble());
    }

    @Test
    void ends_with_3_when_a_required_accuracy_is_missed() {
        Outcome evaluation = program.run("evaluate", "generated-lenet", "--data", DATA, "--require-accuracy", "1");
        assertThat(evaluation.exitCode()).isEqualTo(3);
        assertThat(evaluation.progress()).contains("is below the 1.0000 that was asked for");
    }

    @Test
    void predicts_good_pictures_beside_one_that_is_missing() throws Exception {
        Path picture = workspace.resolve("black.png");
        io.fovea.codec.PngWriter.write(new io.fovea.image.Pixels(28, 28, 1, new byte[28 * 28]), picture);
        Outcome prediction = program.run("predict", "generated-lenet", picture.toString(), "missing.png", "--json");
        assertThat(prediction.exitCode()).isEqualTo(1);
        assertThat(prediction.json().path("predictions")).hasSize(2);
        assertThat(prediction
                        .json()
                        .path("predictions")
                        .path(0)
                        .path("className")
                        .asText())
                .isNotEmpty();
        assertThat(prediction
                        .json()
                        .path("predictions")
                        .path(1)
                        .path("problem")
                        .path("what")
                        .asText())
                .isEqualTo("There is no picture \"missing.png\".");
        assertThat(Files.exists(picture)).isTrue();
    }

    @Test
    void leaves_a_data_set_that_can_be_listed_and_shown() {
        assertThat(program.run("data", "list").results()).contains(DATA, "6,000", "10,000");
        JsonNode shown = program.run("data", "show", DATA, "--json").json();
        assertThat(shown.path("pictures").path("training").asInt()).isEqualTo(6_000);
        assertThat(shown.path("classNames")).hasSize(10);
    }

    @Test
    void offers_the_nearest_model() {
        Outcome evaluation = program.run("evaluate", "generated-lemet", "--data", DATA);
        assertThat(evaluation.exitCode()).isEqualTo(1);
        assertThat(evaluation.progress())
                .contains("There is no model named \"generated-lemet\".", "did you mean \"generated-lenet\"?");
    }
}
