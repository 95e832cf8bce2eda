package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.event.TrainingEvent.RunFinished;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.module.Engine;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Training")
class TrainerTest {

    @TempDir
    static Path folder;

    static Dataset dataset;

    @BeforeAll
    static void import_digits() {
        dataset = Dataset.open(TrainingFixture.digits(folder));
    }

    @AfterAll
    static void close_digits() {
        dataset.close();
    }

    @Nested
    @DisplayName("that runs to its end")
    class Complete {

        @ParameterizedTest
        @EnumSource(
                value = Engine.class,
                names = {"LIBTORCH", "VECTOR"})
        void learns(Engine engine, @TempDir Path run) {
            List<TrainingEvent> events = new ArrayList<>();
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(engine),
                            run,
                            events::add,
                            new StopSignal())
                    .run();
            List<EpochFinished> epochs = epochs(events);
            assertThat(epochs).hasSize(6);
            assertThat(epochs.getLast().trainLoss())
                    .isLessThan(epochs.getFirst().trainLoss() - 0.3);
            assertThat(epochs.getLast().validation().getFirst().value()).isGreaterThan(0.3);
        }

        @Test
        void tells_the_same_story_to_listeners_and_to_the_log(@TempDir Path run) {
            List<TrainingEvent> events = new ArrayList<>();
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(Engine.VECTOR),
                            run,
                            events::add,
                            new StopSignal())
                    .run();
            assertThat(Trainer.events(run)).isEqualTo(events);
            assertThat(events).extracting(TrainingEvent::number).isEqualTo(numbers(events.size()));
            assertThat(events.getFirst()).isInstanceOfSatisfying(RunStarted.class, started -> {
                assertThat(started.trainPictures()).isEqualTo(dataset.count(Split.TRAINING));
                assertThat(started.stepsPerEpoch()).isEqualTo(14);
                assertThat(started.seed()).isEqualTo(42);
            });
            assertThat(events.getLast())
                    .isInstanceOfSatisfying(RunFinished.class, finished -> assertThat(finished.outcome())
                            .isEqualTo(Outcome.COMPLETED));
        }

        @Test
        void leaves_a_row_per_epoch_and_settings_to_make_it_again(@TempDir Path run) throws IOException {
            TrainingFixture.train(dataset, TrainingFixture.settings(Engine.VECTOR), run);
            List<String> rows = Files.readAllLines(run.resolve("results.csv"));
            assertThat(rows.getFirst())
                    .isEqualTo(
                            "epoch,step,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second");
            assertThat(rows).hasSize(7);
            assertThat(rows.get(6)).startsWith("6,84,");
            String yaml = Files.readString(run.resolve("settings.yaml"));
            assertThat(SettingsYaml.read(yaml, "settings.yaml", TrainingSettings.defaults(1)))
                    .isEqualTo(TrainingFixture.settings(Engine.VECTOR));
            assertThat(NetworkYaml.read(run.resolve("network.yaml"))).isEqualTo(TrainingFixture.NETWORK);
        }

        @Test
        void gives_the_same_bits_twice(@TempDir Path one, @TempDir Path other) {
            TrainingSettings settings = TrainingFixture.settings(Engine.VECTOR);
            same(
                    TrainingFixture.train(dataset, settings, one).weights(),
                    TrainingFixture.train(dataset, settings, other).weights());
        }

        @Test
        void hands_back_the_epoch_with_the_smallest_validation_loss(@TempDir Path run) {
            List<TrainingEvent> events = new ArrayList<>();
            TrainingResult result = new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(Engine.VECTOR),
                            run,
                            events::add,
                            new StopSignal())
                    .run();
            int best = epochs(events).stream()
                    .filter(EpochFinished::best)
                    .toList()
                    .getLast()
                    .epoch();
            assertThat(result.weightsEpoch()).isEqualTo(best);
            same(
                    result.weights(),
                    Checkpoint.read(run.resolve("checkpoints/best.safetensors")).weights());
        }
    }

    @Nested
    @DisplayName("that is stopped in the middle of an epoch")
    class Stopped {

        @ParameterizedTest
        @EnumSource(
                value = Engine.class,
                names = {"LIBTORCH", "VECTOR"})
        void goes_on_to_the_same_weights_bit_for_bit(Engine engine, @TempDir Path stopped, @TempDir Path straight) {
            TrainingSettings settings = TrainingFixture.settings(engine);
            StopSignal stop = new StopSignal();
            TrainingListener afterStep37 = event -> {
                if (event instanceof TrainingEvent.StepFinished step && step.step() >= 37) stop.request();
            };
            TrainingResult first =
                    new Trainer(dataset, TrainingFixture.NETWORK, settings, stopped, afterStep37, stop).run();
            assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(Checkpoint.read(stopped.resolve("checkpoints/last.safetensors"))
                            .progress()
                            .step())
                    .isEqualTo(37);

            TrainingResult second = TrainingFixture.train(dataset, settings, stopped);

            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED);
            same(
                    second.weights(),
                    TrainingFixture.train(dataset, settings, straight).weights());
            same(last(stopped), last(straight));
            assertThat(Trainer.events(stopped))
                    .extracting(TrainingEvent::number)
                    .isEqualTo(numbers(Trainer.events(stopped).size()));
        }

        @Test
        void goes_on_by_the_engine_that_automatic_chose_at_its_beginning(@TempDir Path run) throws IOException {
            StopSignal stop = new StopSignal();
            TrainingSettings automatic = TrainingFixture.settings(Engine.AUTOMATIC);
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            automatic,
                            run,
                            event -> {
                                if (event instanceof EpochFinished) stop.request();
                            },
                            stop)
                    .run();
            Path chosen = run.resolve("computation.yaml");
            assertThat(Files.readString(chosen)).contains("engine: vector", "precision: float32");
            Files.writeString(chosen, "engine: libtorch\nprecision: float32\n"); // as another machine had chosen

            List<TrainingEvent> events = new ArrayList<>();
            new Trainer(dataset, TrainingFixture.NETWORK, automatic, run, events::add, new StopSignal()).run();

            assertThat(((TrainingEvent.RunStarted) events.getFirst()).engine()).contains("libtorch");
        }

        @Test
        void refuses_to_go_on_with_other_settings(@TempDir Path run) {
            StopSignal stop = new StopSignal();
            stop.request();
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(Engine.VECTOR),
                            run,
                            event -> {},
                            stop)
                    .run();
            assertThatThrownBy(() -> TrainingFixture.train(dataset, TrainingFixture.settings(Engine.LIBTORCH), run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("another dataset, network or settings");
        }
    }

    @Nested
    @DisplayName("that is killed")
    class Killed {

        @Test
        void goes_on_to_the_same_weights_bit_for_bit(@TempDir Path killed, @TempDir Path straight) throws Exception {
            Path digits = folder.resolve("digits");
            Path output = killed.resolve("output.txt");
            Process process = TrainingProgram.command(digits, killed, Engine.VECTOR)
                    .redirectOutput(output.toFile())
                    .start();
            while (process.isAlive() && !Files.readString(output).contains("step 52")) Thread.sleep(2);
            process.destroyForcibly().waitFor();
            assertThat(Files.readString(output)).contains("step 52").doesNotContain("done");
            assertThat(last(killed)).isNotNull();

            TrainingResult result = TrainingFixture.train(dataset, TrainingFixture.settings(Engine.VECTOR), killed);

            same(
                    result.weights(),
                    TrainingFixture.train(dataset, TrainingFixture.settings(Engine.VECTOR), straight)
                            .weights());
            same(last(killed), last(straight));
        }
    }

    @Nested
    @DisplayName("that cannot succeed")
    class Failing {

        @Test
        void stops_when_the_loss_is_no_number_and_names_the_learning_rate(@TempDir Path run) {
            assertThatThrownBy(
                            () -> TrainingFixture.train(dataset, with(new Optimizer.GradientDescent(), 1e12, 16), run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The loss is no longer a number at a learning rate of 1.00e+12")
                    .hasMessageContaining("lower learning rate");
        }

        @Test
        void refuses_a_batch_larger_than_the_training_part(@TempDir Path run) {
            assertThatThrownBy(() ->
                            TrainingFixture.train(dataset, with(new Optimizer.GradientDescent(), 0.01, 5_000), run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(
                            "A batch of 5000 is larger than the training part of " + dataset.count(Split.TRAINING))
                    .hasMessageContaining("set the batch size to");
        }

        @Test
        void refuses_a_network_with_another_number_of_classes(@TempDir Path run) {
            Network seven = Catalogue.network("perceptron", new Shape(1, 14, 14), 7);
            assertThatThrownBy(() -> trainer(seven, run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The network answers with 7 numbers, but there are 10 class names");
        }

        @Test
        void refuses_a_network_that_answers_with_maps(@TempDir Path run) {
            Network maps = Catalogue.network("denoiser-small", new Shape(1, 14, 14), 1);
            assertThatThrownBy(() -> trainer(maps, run)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what())
                        .isEqualTo("A classifier ends with features [N, K], but this network ends with maps [N, 1, 14,"
                                + " 14].");
                assertThat(problem.where()).startsWith("network \"denoiser-small\", dataset ");
                assertThat(problem.remedy()).startsWith("end the network with a dense layer with 10 outputs");
            });
        }

        @Test
        void refuses_a_network_for_another_size(@TempDir Path run) {
            Network large = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
            assertThatThrownBy(() -> trainer(large, run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("expects pictures [N, 1, 28, 28] but the dataset holds [N, 1, 14, 14]");
        }

        @Test
        void refuses_a_damaged_checkpoint(@TempDir Path run) throws IOException {
            TrainingFixture.train(dataset, TrainingFixture.settings(Engine.VECTOR), run);
            Path checkpoint = run.resolve("checkpoints/last.safetensors");
            Files.write(checkpoint, Arrays.copyOf(Files.readAllBytes(checkpoint), 500));
            assertThatThrownBy(() -> TrainingFixture.train(dataset, TrainingFixture.settings(Engine.VECTOR), run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("last.safetensors");
        }

        private void trainer(Network network, Path run) {
            new Trainer(dataset, network, TrainingFixture.settings(Engine.VECTOR), run, event -> {}, new StopSignal());
        }
    }

    @Nested
    @DisplayName("with early stopping")
    class Early {

        @Test
        void ends_when_validation_has_not_improved_for_the_given_epochs(@TempDir Path run) {
            TrainingSettings still = with(new Optimizer.GradientDescent(), 1e-12, 16);
            TrainingSettings patient = still.withEpochs(50).withEarlyStopping(OptionalInt.of(2));
            TrainingResult result = TrainingFixture.train(dataset, patient, run);
            assertThat(result.outcome()).isEqualTo(Outcome.EARLY_STOPPED);
            assertThat(result.epochs() - result.weightsEpoch()).isEqualTo(2);
        }
    }

    private static TrainingSettings with(Optimizer optimizer, double learningRate, int batchSize) {
        return TrainingFixture.settings(Engine.VECTOR)
                .withBatchSize(batchSize)
                .withOptimizer(optimizer, learningRate)
                .withSchedule(new LearningRateSchedule.Fixed())
                .withRegularisation(Regularisation.NONE);
    }

    private static Weights last(Path run) {
        return Checkpoint.read(run.resolve("checkpoints/last.safetensors")).weights();
    }

    private static List<EpochFinished> epochs(List<TrainingEvent> events) {
        return events.stream()
                .filter(EpochFinished.class::isInstance)
                .map(EpochFinished.class::cast)
                .toList();
    }

    private static List<Long> numbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static void same(Weights one, Weights other) {
        assertThat(one.names()).containsExactlyElementsOf(other.names());
        for (NamedTensor tensor : one.tensors()) {
            assertThat(tensor.values()).as(tensor.name()).isEqualTo(other.values(tensor.name()));
        }
    }
}
