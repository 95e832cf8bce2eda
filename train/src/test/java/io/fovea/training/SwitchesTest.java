package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.event.TrainingEvent.SnapshotSaved;
import io.fovea.image.Preprocessing;
import io.fovea.module.Engine;
import io.fovea.module.Initialization;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Training, switched")
class SwitchesTest {

    private static final Network NORMED = NetworkYaml.read("""
        name: normed
        input: [1, 14, 14]
        layers:
          - convolution: {name: conv1, outputs: 6, kernel: 3}
          - batch-norm: {name: norm1}
          - relu
          - max-pooling: {kernel: 2}
          - convolution: {name: conv2, outputs: 8, kernel: 3}
          - batch-norm: {name: norm2}
          - relu
          - dropout: {rate: 0.2}
          - flatten
          - dense: {name: head, outputs: 10}
        """, "test");

    private static final LayerRates BEGINNING_FROZEN =
            new LayerRates(List.of(new LayerRate("conv1", 0), new LayerRate("norm1", 0), new LayerRate("conv2", 0.1)));

    @TempDir
    static Path folder;

    static Dataset digits;

    @BeforeAll
    static void import_digits() {
        digits = Dataset.open(TrainingFixture.digits(folder));
    }

    @AfterAll
    static void close_digits() {
        digits.close();
    }

    @Nested
    @DisplayName("to everything at once")
    class Everything {

        @Test
        void goes_on_after_a_stop_to_the_same_weights_bit_for_bit(@TempDir Path stopped, @TempDir Path straight) {
            TrainingSettings settings = TrainingFixture.settings(Engine.LIBTORCH)
                    .withEpochs(4)
                    .withLayerRates(BEGINNING_FROZEN)
                    .withAccumulatedBatches(3)
                    .withClipping(new Clipping.ByNorm(0.5))
                    .withAveraging(new Averaging.Exponential(0.9))
                    .withLoss(new Loss.CrossEntropy(0.1, new ClassWeights.Balanced()))
                    .withAugmentation(Augmentation.NONE.withShift(0.1).withMixup(0.2))
                    .withSnapshots(new Snapshots.Every(0.5));
            StopSignal stop = new StopSignal();
            TrainingListener afterStep7 = event -> {
                if (event instanceof TrainingEvent.StepFinished step && step.step() >= 7) stop.request();
            };
            TrainingResult first = new Trainer(digits, NORMED, settings, stopped, afterStep7, stop).run();
            assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
            TrainingResult second = train(settings, stopped);
            TrainingResult whole = train(settings, straight);
            same(second.weights(), whole.weights());
            Checkpoint one = last(stopped);
            Checkpoint other = last(straight);
            same(one.weights(), other.weights());
            assertThat(one.average()).hasSize(2);
            for (int i = 0; i < 2; i++)
                assertThat(one.average().get(i)).isEqualTo(other.average().get(i));
            assertThat(snapshots(stopped))
                    .isEqualTo(snapshots(straight))
                    .containsExactly(
                            "epoch-000.60.safetensors",
                            "epoch-001.safetensors",
                            "epoch-001.60.safetensors",
                            "epoch-002.safetensors",
                            "epoch-002.60.safetensors",
                            "epoch-003.safetensors",
                            "epoch-003.60.safetensors",
                            "epoch-004.safetensors");
            same(
                    Checkpoint.read(stopped.resolve("checkpoints/epoch-002.60.safetensors"))
                            .weights(),
                    Checkpoint.read(straight.resolve("checkpoints/epoch-002.60.safetensors"))
                            .weights());
        }
    }

    @Nested
    @DisplayName("to frozen layers")
    class Frozen {

        @Test
        void leaves_their_weights_and_statistics_as_they_were(@TempDir Path run) {
            TrainingSettings settings =
                    TrainingFixture.settings(Engine.LIBTORCH).withEpochs(1).withLayerRates(BEGINNING_FROZEN);
            Weights before = Initialization.of(NORMED, new SplittableRandom(settings.seed()));
            Weights after = train(settings, run).weights();
            for (NamedTensor tensor : before.tensors()) {
                boolean frozen =
                        tensor.name().startsWith("conv1.") || tensor.name().startsWith("norm1.");
                boolean unchanged = Arrays.equals(tensor.values(), after.values(tensor.name()));
                assertThat(unchanged).as(tensor.name()).isEqualTo(frozen);
            }
        }

        @Test
        void keeps_memory_for_the_others_alone(@TempDir Path run) {
            TrainingSettings settings =
                    TrainingFixture.settings(Engine.LIBTORCH).withEpochs(1).withLayerRates(onlyHead());
            train(settings, run);
            // 8 maps of 4x4, 10 classes
            assertThat(last(run).memory()).allSatisfy(slot -> assertThat(slot).hasSize(128 * 10 + 10));
        }

        @ParameterizedTest
        @EnumSource(
                value = Engine.class,
                names = {"LIBTORCH", "VECTOR"})
        void works_on_either_engine(Engine engine, @TempDir Path run) {
            LayerRates rates = new LayerRates(List.of(new LayerRate("conv1", 0)));
            TrainingSettings settings =
                    TrainingFixture.settings(engine).withEpochs(1).withLayerRates(rates);
            Weights before = Initialization.of(TrainingFixture.NETWORK, new SplittableRandom(settings.seed()));
            Weights after = TrainingFixture.train(digits, settings, run).weights();
            for (NamedTensor tensor : before.tensors()) {
                assertThat(Arrays.equals(tensor.values(), after.values(tensor.name())))
                        .as(tensor.name())
                        .isEqualTo(tensor.name().startsWith("conv1."));
            }
        }

        @Test
        void refuses_to_freeze_all(@TempDir Path run) {
            TrainingSettings settings = TrainingFixture.settings(Engine.LIBTORCH)
                    .withLayerRates(new LayerRates(List.of(new LayerRate("*", 0))));
            assertThatThrownBy(() -> train(settings, run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Every layer is frozen, so there is nothing to train.");
        }

        private LayerRates onlyHead() {
            return new LayerRates(List.of(new LayerRate("head", 1), new LayerRate("*", 0)));
        }
    }

    @Nested
    @DisplayName("to several batches per step")
    class Accumulating {

        @ParameterizedTest
        @EnumSource(
                value = Engine.class,
                names = {"LIBTORCH", "VECTOR"})
        void makes_the_steps_of_one_large_batch(Engine engine, @TempDir Path small, @TempDir Path large) {
            Network plain = NetworkYaml.read("""
                name: plain
                input: [1, 14, 14]
                layers:
                  - flatten
                  - dense: {outputs: 12}
                  - tanh
                  - dense: {outputs: 10}
                """, "test");
            TrainingSettings settings = TrainingSettings.defaults(5)
                    .withEpochs(2)
                    .withOptimizer(new Optimizer.Momentum(0.9), 0.05)
                    .withRegularisation(new Regularisation(0, 0.01))
                    .withLoss(new Loss.CrossEntropy(
                            0, new ClassWeights.Given(List.of(1.0, 2.0, 3.0, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 4.0))))
                    .withComputation(new ComputationSettings(engine, Precision.FLOAT32, 1));
            Weights whole = train(plain, settings.withBatchSize(32), large);
            Weights parts = train(plain, settings.withBatchSize(8).withAccumulatedBatches(4), small);
            for (NamedTensor tensor : whole.tensors()) {
                assertThat(parts.values(tensor.name()))
                        .as(tensor.name())
                        .containsExactly(tensor.values(), within(2e-5f));
            }
            assertThat(last(small).progress().step())
                    .isEqualTo(last(large).progress().step());
        }

        private Weights train(Network network, TrainingSettings settings, Path run) {
            new Trainer(digits, network, settings, run, event -> {}, new StopSignal()).run();
            return last(run).weights();
        }
    }

    @Nested
    @DisplayName("to mean weights")
    class Averaged {

        @Test
        void validates_and_hands_back_the_mean_and_goes_on_from_the_last(@TempDir Path mean, @TempDir Path plain) {
            TrainingSettings settings =
                    TrainingFixture.settings(Engine.LIBTORCH).withEpochs(2);
            TrainingResult averaged = train(settings.withAveraging(new Averaging.Exponential(0.9)), mean);
            train(settings, plain);
            // the way is the same, the mean is taken beside it
            same(last(mean).weights(), last(plain).weights());
            assertThat(averaged.weights().values("head.weight"))
                    .isNotEqualTo(last(mean).weights().values("head.weight"));
            assertThat(averaged.weights().values("norm1.running_mean"))
                    .isNotEqualTo(last(mean).weights().values("norm1.running_mean"));
        }
    }

    @Nested
    @DisplayName("to given weights")
    class Started {

        @Test
        void begins_with_them_and_with_their_mean_and_deviation(@TempDir Path run) {
            TrainingSettings still = TrainingFixture.settings(Engine.LIBTORCH)
                    .withEpochs(1)
                    .withOptimizer(new Optimizer.GradientDescent(), 1e-60)
                    .withLayerRates(new LayerRates(List.of(new LayerRate("norm1", 0), new LayerRate("norm2", 0))));
            Weights given = Initialization.of(NORMED, new SplittableRandom(77));
            Preprocessing own = Trainer.preprocessing(digits);
            Preprocessing other = new Preprocessing(
                    14, 14, own.colorMode(), own.resizeMode(), new float[] {0.5f}, new float[] {0.25f});
            TrainingResult result = new Trainer(
                            digits, NORMED, still, TrainingStart.of(given, other), run, event -> {}, new StopSignal())
                    .run();
            same(result.weights(), given);
            assertThat(result.preprocessing().mean()).containsExactly(0.5f);
        }

        @Test
        void refuses_to_go_on_from_others(@TempDir Path run) {
            TrainingSettings settings =
                    TrainingFixture.settings(Engine.LIBTORCH).withEpochs(1);
            train(settings, run);
            TrainingStart start = TrainingStart.of(
                    Initialization.of(NORMED, new SplittableRandom(77)), Trainer.preprocessing(digits));
            Trainer trainer = new Trainer(digits, NORMED, settings, start, run, event -> {}, new StopSignal());
            assertThatThrownBy(trainer::run).isInstanceOf(Problem.class).hasMessageContaining("or from other weights");
        }

        @Test
        void have_a_name_that_changes_with_each_number() {
            Weights weights = Initialization.of(NORMED, new SplittableRandom(1));
            TrainingStart one = TrainingStart.of(weights, Trainer.preprocessing(digits));
            String before = one.identity();
            assertThat(before).matches("[0-9a-f]{64}").isEqualTo(one.identity());
            weights.values("head.bias")[3] = 0.001f;
            assertThat(one.identity()).isNotEqualTo(before);
            assertThat(TrainingStart.NONE.identity()).isEqualTo("none");
        }
    }

    @Nested
    @DisplayName("to snapshots")
    class Snapshotting {

        @Test
        void are_due_at_even_distances_at_the_nearest_step() {
            Snapshots third = new Snapshots.Every(1.0 / 3);
            List<Long> due = java.util.stream.LongStream.rangeClosed(0, 10)
                    .filter(step -> third.isDue(step, 5))
                    .boxed()
                    .toList();
            assertThat(due).containsExactly(2L, 3L, 5L, 7L, 8L, 10L);
            Snapshots everyOther = new Snapshots.Every(2);
            assertThat(everyOther.isDue(5, 5)).isFalse();
            assertThat(everyOther.isDue(10, 5)).isTrue();
        }

        @Test
        void come_at_every_step_if_they_should_come_more_often() {
            Snapshots often = new Snapshots.Every(0.1);
            assertThat(often.isDue(1, 3)).isTrue();
            assertThat(often.isDue(2, 3)).isTrue();
        }
    }

    private static TrainingResult train(TrainingSettings settings, Path run) {
        return new Trainer(digits, NORMED, settings, run, event -> {}, new StopSignal()).run();
    }

    private static Checkpoint last(Path run) {
        return Checkpoint.read(run.resolve("checkpoints/last.safetensors"));
    }

    private static List<String> snapshots(Path run) {
        return Trainer.events(run).stream()
                .filter(SnapshotSaved.class::isInstance)
                .map(event -> ((SnapshotSaved) event).file())
                .toList();
    }

    private static void same(Weights one, Weights other) {
        assertThat(one.names()).containsExactlyElementsOf(other.names());
        for (NamedTensor tensor : one.tensors()) {
            assertThat(tensor.values()).as(tensor.name()).isEqualTo(other.values(tensor.name()));
        }
    }
}
