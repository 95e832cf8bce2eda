package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.Bundle;
import io.fovea.collection.GeneratedDigits;
import io.fovea.export.BundleImport;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.Optimizer;
import io.fovea.training.TrainingSettings;
import io.fovea.weights.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LeNet with drawn weights is a backbone too, if no good one: what counts here is the way from weights to a model. */
@DisplayName("Learning from pretrained weights by command")
class TransferTest {

    @TempDir
    Path folder;

    private InProcess program;

    @BeforeEach
    void imports_digits_and_weights() {
        program = new InProcess(folder.resolve("workspace"));
        GeneratedDigits.generate(30, 5, 4).write(folder.resolve("idx"));
        program.run("data", "import", "digits", folder.resolve("idx").toString());
        Path file = folder.resolve("lenet.safetensors");
        Safetensors.write(
                Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1)), Map.of(), file);
        Outcome imported = program.run("network", "import", "drawn", file.toString(), "--network", "lenet");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
    }

    @Nested
    @DisplayName("on features")
    class OnFeatures {

        @Test
        void trains_a_head_and_writes_a_model_that_predicts() throws java.io.IOException {
            Outcome outcome = train("--name", "mine", "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().path("accuracy").asDouble()).isGreaterThan(0.5);
            assertThat(outcome.json().path("picturesThroughBackbone").asInt()).isEqualTo(350);
            assertThat(Path.of(outcome.json().path("bundle").asText())).isRegularFile();
            Outcome evaluated = program.run("evaluate", "mine", "--data", "digits", "--json");
            assertThat(
                            evaluated.json().at("/accuracy/value").isMissingNode()
                                    ? evaluated.json().path("accuracy").asDouble()
                                    : evaluated.json().at("/accuracy/value").asDouble())
                    .isEqualTo(outcome.json().path("accuracy").asDouble());
        }

        @Test
        void lets_the_backbone_see_a_picture_only_once() {
            train("--json");

            Outcome again = train("--head", "mlp:8", "--json");

            assertThat(again.json().path("picturesThroughBackbone").asInt()).isZero();
        }

        @Test
        void makes_a_model_of_nearest_neighbours() {
            Outcome outcome = train("--head", "knn:5", "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().path("parityMaxAbsDifference").asDouble()).isLessThan(1e-4);
        }

        @Test
        void learns_from_augmented_copies_too_and_says_so_in_words() {
            Outcome outcome = train("--copies", "2", "--shift", "0.1", "--head", "mlp:8", "--seed", "3", "--json");

            assertThat(outcome.json().path("copies").asInt()).isEqualTo(2);
            assertThat(outcome.json().path("picturesThroughBackbone").asInt()).isGreaterThan(700);
            Map<String, String> settings =
                    bundle(outcome).manifest().provenance().settings();
            assertThat(settings).containsEntry("head", "mlp:8").containsEntry("copies", "2");
            assertThat(settings.get("augmentation.yaml")).contains("shift: 0.1");
            assertThat(settings.values()).noneMatch(value -> value.matches("(?s).*\\w\\[.*"));
        }

        @Test
        void writes_its_weights_once_unless_it_is_asked_to() {
            Bundle usual = bundle(train("--json"));
            Bundle twice = bundle(train("--with-weights", "--json"));

            assertThat(usual.weights()).isEmpty();
            assertThat(usual.manifest().provenance().settings()).doesNotContainKey("augmentation.yaml");
            assertThat(BundleImport.read(usual, "usual").weights().values("dense2.bias"))
                    .hasSize(10);
            assertThat(Safetensors.read(twice.weights().orElseThrow(), "weights")
                            .values("dense2.bias"))
                    .hasSize(10);
        }

        private static Bundle bundle(Outcome outcome) {
            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            return Bundle.open(Path.of(outcome.json().path("bundle").asText()));
        }
    }

    @Nested
    @DisplayName("by fine-tuning")
    class FineTuning {

        @Test
        void begins_with_a_head_that_was_trained_on_features() {
            Outcome outcome = train("--transfer", "last:1", "--epochs", "1", "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.json().path("accuracy").asDouble()).isGreaterThan(0.5);
        }

        @Test
        void judges_that_head_as_epoch_0_and_says_whether_an_epoch_beat_it() {
            Outcome outcome = train("--transfer", "head", "--epochs", "1", "--learning-rate", "0.05");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            assertThat(outcome.progress()).contains("epoch 0/1  the weights it begins with: validation loss");
            assertThat(outcome.results()).contains("No epoch was better than the head it began with, which is kept");
            assertThat(outcome.results()).containsPattern("loss \\+[0-9.]+, accuracy [+-][0-9.]+ points");
        }

        @Test
        void tells_the_same_in_JSON_with_how_many_parameters_learned() {
            JsonNode json = train("--transfer", "head", "--epochs", "1", "--learning-rate", "0.05", "--json")
                    .json();

            assertThat(json.at("/start/kept").asBoolean()).isTrue();
            assertThat(json.path("weightsEpoch").asInt()).isZero();
            assertThat(json.at("/start/validationAccuracy").asDouble()).isGreaterThan(0.5);
            assertThat(json.at("/start/lossDifference").asDouble()).isPositive();
            // a dense layer from 500 features to ten classes
            assertThat(json.path("trainedParameters").asInt()).isEqualTo(5_010);
        }

        @Test
        void takes_small_steps_unless_told_otherwise() {
            JsonNode json =
                    train("--transfer", "all", "--epochs", "1", "--json").json();

            TrainingSettings made = settings(json);
            assertThat(made.step().optimizer()).isInstanceOf(Optimizer.AdamW.class);
            assertThat(made.step().learningRate()).isLessThanOrEqualTo(1e-4);
            assertThat(made.step().clipping()).isEqualTo(new Clipping.ByNorm(1));
        }

        @Test
        void takes_the_rate_for_pretrained_weights_with_another_optimizer_too() {
            JsonNode json = train("--transfer", "all", "--epochs", "1", "--optimizer", "momentum", "--json")
                    .json();

            assertThat(settings(json).step().learningRate()).isEqualTo(0.001);
        }

        @Test
        void stops_at_a_rate_that_ruins_the_network_and_names_a_better_one() {
            Outcome outcome =
                    train("--transfer", "all", "--optimizer", "sgd", "--learning-rate", "1e6", "--clip-norm", "1e6");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("at a learning rate of").contains("such as 0.00100");
        }

        private static TrainingSettings settings(JsonNode json) {
            Path file = Path.of(json.path("run").asText()).resolve("settings.yaml");
            return TrainingOptions.read(file, TrainingSettings.defaults(1));
        }

        @Test
        void leaves_frozen_layers_as_they_were() throws java.io.IOException {
            Outcome outcome = train("--transfer", "head", "--epochs", "1", "--name", "frozen", "--json");

            assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
            Path run = Path.of(outcome.json().path("run").asText());
            try (Stream<String> lines = Files.lines(run.resolve("settings.yaml"))) {
                assertThat(lines).anyMatch(line -> line.contains("\"*\"") || line.contains("'*'"));
            }
            float[] before = Initialization.of(Catalogue.entry("lenet").network(), new SplittableRandom(1))
                    .values("conv1.weight");
            assertThat(Safetensors.read(run.resolve("checkpoints/last.safetensors"))
                            .values("conv1.weight"))
                    .isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("with wrong wishes")
    class WrongWishes {

        @Test
        void names_the_network_of_the_weights() {
            Outcome outcome = train("--network", "mnist-cnn");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("The weights are those of lenet, not of mnist-cnn.");
        }

        @Test
        void offers_the_weights_that_are_here() {
            Outcome outcome = program.run("train", "--data", "digits", "--pretrained", "drawm");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("did you mean \"drawn\"?");
        }

        @Test
        void says_what_a_mode_may_be() {
            Outcome outcome = train("--transfer", "last");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress()).contains("last:N (such as last:4)");
        }

        @Test
        void tells_a_regression_from_a_classification() {
            Outcome outcome = train("--task", "regression");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).contains("The dataset is for classification, not for regression.");
        }
    }

    private Outcome train(String... more) {
        return program.run(
                Stream.concat(Stream.of("train", "--data", "digits", "--pretrained", "drawn"), Stream.of(more))
                        .toArray(String[]::new));
    }
}
