package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Measurement;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.task.Measure;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("From pictures to numbers by command")
class NumbersByCommandTest {

    private static final int SIDE = 28;

    @Nested
    @DisplayName("a network that points at a dot")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Pointing {

        private Path folder;
        private InProcess program;
        private JsonNode trained;

        @BeforeAll
        void learns_from_the_names_of_pictures(@TempDir Path temporary) throws IOException {
            folder = temporary;
            program = new InProcess(folder.resolve("workspace"));
            DrawnDots.write(folder.resolve("dots/train"), 240, SIDE, 1);
            DrawnDots.write(folder.resolve("dots/test"), 40, SIDE, 2);
            ok("data import dots " + folder.resolve("dots") + " --size 28 --color grey");
            trained = ok("train --data dots --network lenet --epochs 15 --batch-size 16 --seed 1 --threads 1 --name"
                            + " pointer --json")
                    .json();
        }

        private Outcome ok(String line) {
            Outcome call = program.run(line);
            assertThat(call.exitCode()).as(call.progress()).isZero();
            return call;
        }

        @Test
        void is_judged_by_its_distance_in_pixels_beside_that_of_a_guess() {
            assertThat(trained.path("split").asText()).isEqualTo("test");
            assertThat(trained.path("errorUnit").asText()).isEqualTo("pixels");
            assertThat(trained.path("errorInterval")).hasSize(2);
            assertThat(error(trained))
                    .isLessThan(trained.path("errorOfGuessing").asDouble() / 2);
        }

        @Test
        void tells_in_its_file_that_less_is_better() {
            Measurement measured = Bundle.open(Path.of(trained.path("bundle").asText()))
                    .manifest()
                    .measurements()
                    .getFirst();
            assertThat(measured.measure().value()).isEqualTo(error(trained));
            assertThat(measured.measure().unit()).isEqualTo(Measure.Unit.PIXELS);
            assertThat(measured.measure().better()).isEqualTo(Measure.Better.LOWER);
            assertThat(measured.count()).isEqualTo(40);
        }

        @Test
        void errs_as_much_when_the_file_is_evaluated() {
            Path report = folder.resolve("report");
            JsonNode evaluated = ok("evaluate pointer --data dots --output " + report + " --json")
                    .json();
            assertThat(error(evaluated)).isCloseTo(error(trained), within(1e-3));
            assertThat(evaluated.path("perTarget")).hasSize(2);
            assertThat(evaluated.at("/measures/0/better").asText()).isEqualTo("LOWER");
            assertThat(report.resolve("predictions.csv")).content().contains("xy_");
        }

        @Test
        void is_told_in_words() {
            assertThat(ok("evaluate pointer --data dots").results())
                    .startsWith("Error ")
                    .contains("pixels", "95 % interval", "40 pictures", "guessing the mean", "on test");
        }

        @Test
        void points_in_the_pixels_of_any_photo() {
            Path photo = folder.resolve("photo.png");
            PngWriter.write(DrawnDots.dot(2 * SIDE, 2 * SIDE, 40, 16, 4, new SplittableRandom(3)), photo);
            JsonNode answer = ok("predict pointer " + photo + " --json")
                    .json()
                    .path("predictions")
                    .path(0);
            assertThat(answer.at("/points/0/x").asDouble()).isCloseTo(40, within(8.0));
            assertThat(answer.at("/points/0/y").asDouble()).isCloseTo(16, within(8.0));
            assertThat(ok("predict pointer " + photo).results()).contains("photo.png: point (");
        }

        @Test
        void has_no_ranks_to_show() {
            Outcome call = program.run("predict pointer " + folder.resolve("dots/test") + " --top 2");
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.progress()).startsWith("--top changes nothing with a model that regresses values");
        }

        @Test
        void is_not_judged_by_classes() {
            GeneratedDigits.generate(2, 1, 1).write(folder.resolve("idx"));
            ok("data import digits " + folder.resolve("idx"));
            Outcome call = program.run("evaluate pointer --data digits");
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.progress().lines())
                    .containsExactly(
                            "The model is for regression, but the dataset is for classification.",
                            "  where: model \"pointer\", dataset \"digits\"",
                            "  do:    evaluate it on a dataset for regression");
        }

        @Test
        void learns_on_features_too() {
            Path weights = folder.resolve("lenet.safetensors");
            Safetensors.write(
                    Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)), Map.of(), weights);
            ok("network import drawn " + weights + " --network lenet");
            JsonNode outcome = ok("train --data dots --pretrained drawn --name from-features --json")
                    .json();
            assertThat(error(outcome))
                    .isLessThan(outcome.path("errorOfGuessing").asDouble() / 2);
            assertThat(error(ok("evaluate from-features --data dots --json").json()))
                    .isCloseTo(error(outcome), within(1e-3));
        }

        @Test
        void learns_on_features_neither_from_copies_nor_by_votes() {
            Path weights = folder.resolve("lenet-too.safetensors");
            Safetensors.write(
                    Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(2)), Map.of(), weights);
            ok("network import drawn-too " + weights + " --network lenet");
            Outcome call = program.run("train --data dots --pretrained drawn-too --copies 2 --name copies");
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.progress())
                    .startsWith("--copies changes nothing in a regression with --transfer features.");
            call = program.run("train --data dots --pretrained drawn-too --head knn:3 --name votes");
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.progress()).contains("Nearest neighbours answer with classes, but the dataset has numbers");
        }

        private static double error(JsonNode json) {
            assertThat(json.path("error").isNumber()).as(json.toString()).isTrue();
            return json.path("error").asDouble();
        }
    }

    @Nested
    @DisplayName("the lab that teaches a network to point")
    class Lab {

        @Test
        void goes_from_a_folder_to_a_model_file(@TempDir Path folder) throws IOException {
            DrawnDots.write(folder.resolve("faces/train"), 32, 64, 1);
            DrawnDots.write(folder.resolve("faces/val"), 4, 64, 2);
            Outcome lab = new InProcess(folder.resolve("workspace"))
                    .run("lab regression --data " + folder.resolve("faces") + " --epochs 1 --json");
            assertThat(lab.exitCode()).as(lab.progress()).isZero();
            JsonNode json = lab.json();
            assertThat(json.path("testImages").asInt()).isEqualTo(4);
            assertThat(json.path("testError").isNumber()).as(json.toString()).isTrue();
            assertThat(Path.of(json.path("bundle").asText())).isRegularFile();
        }
    }
}
