package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.event.TrainingEvent.RunFinished;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.module.Engine;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Optimizer;
import io.fovea.problem.Problem;
import io.fovea.trial.CrossValidation;
import io.fovea.trial.FoldReport;
import io.fovea.trial.Trial;
import io.fovea.trial.Tuning;
import io.fovea.trial.TuningAxis;
import io.fovea.trial.TuningAxis.Choice;
import io.fovea.weights.NonFinite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture has 220 training digits: batches of 73 leave one over. */
@DisplayName("Batch norm and small batches:")
class SmallBatchesTest {

    /** Batch norm on maps of 1x1. */
    static final Network POOLED = network("""
          - convolution: {outputs: 6, kernel: 3}
          - global-average-pooling
          - batch-norm: {name: norm}
          - relu
          - flatten
          - dense: {outputs: 10}
        """);

    /** Batch norm after a dense layer, where there are no maps at all. */
    static final Network DENSE = network("""
          - flatten
          - dense: {outputs: 12}
          - batch-norm: {name: norm}
          - relu
          - dense: {outputs: 10}
        """);

    /** Batch norm on maps of 12x12: one picture has 144 values of a channel. */
    static final Network MAPS = network("""
          - convolution: {outputs: 4, kernel: 3}
          - batch-norm: {name: norm}
          - relu
          - flatten
          - dense: {outputs: 10}
        """);

    static final String REMARK =
            "The last batch of an epoch has 74 pictures: the one picture that is left over joins it, for batch norm"
                    + " \"norm\" needs two to tell how they vary.";

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

    private static Network network(String layers) {
        return NetworkYaml.read("name: small\ninput: [1, 14, 14]\nlayers:\n" + layers, "SmallBatchesTest");
    }

    private static TrainingSettings settings() {
        return TrainingFixture.settings(Engine.LIBTORCH).withEpochs(2).withBatchSize(73);
    }

    private static List<TrainingEvent> events(Network network, TrainingSettings settings, Path run) {
        new Trainer(digits, network, settings, run, event -> {}, new StopSignal()).run();
        return Trainer.events(run);
    }

    private static Problem refusal(Network network, TrainingSettings settings) {
        try {
            Trainer.check(digits, network, settings, TrainingStart.NONE);
            throw new AssertionError("not refused");
        } catch (Problem problem) {
            return problem;
        }
    }

    @Nested
    @DisplayName("one picture that is left over")
    class LeftOver {

        @Test
        void joins_the_batch_before_it_on_maps_of_one_pixel(@TempDir Path run) {
            List<TrainingEvent> events = events(POOLED, settings(), run);
            assertThat(((RunStarted) events.getFirst()).stepsPerEpoch()).isEqualTo(3); // 73, 73 and 74
            assertThat(Trainer.remarks(run)).containsExactly(REMARK);
            assertThat(events)
                    .filteredOn(EpochFinished.class::isInstance)
                    .extracting(
                            event -> ((EpochFinished) event).validationLoss().orElseThrow())
                    .hasSize(2)
                    .allMatch(Double::isFinite);
        }

        @Test
        void joins_after_a_dense_layer_too(@TempDir Path run) {
            events(DENSE, settings().withAccumulatedBatches(4), run);
            assertThat(Trainer.remarks(run)).containsExactly(REMARK);
        }

        @Test
        void stays_alone_where_its_maps_are_larger(@TempDir Path run) {
            List<TrainingEvent> events = events(MAPS, settings(), run);
            assertThat(((RunStarted) events.getFirst()).stepsPerEpoch()).isEqualTo(4);
            assertThat(Trainer.remarks(run)).isEmpty();
        }

        @Test
        void stays_alone_where_the_batch_norm_is_frozen() {
            TrainingSettings frozen = settings().withLayerRates(new LayerRates(List.of(new LayerRate("norm", 0))));
            assertThat(Trainer.remarks(digits, POOLED, frozen, TrainingStart.NONE))
                    .isEmpty();
        }

        @Test
        void changes_nothing_in_a_run_that_was_stopped_and_goes_on(@TempDir Path whole, @TempDir Path parts) {
            TrainingResult once = new Trainer(digits, POOLED, settings(), whole, event -> {}, new StopSignal()).run();
            StopSignal stop = new StopSignal();
            new Trainer(
                            digits,
                            POOLED,
                            settings(),
                            parts,
                            event -> {
                                if (event instanceof TrainingEvent.StepFinished step && step.step() == 4)
                                    stop.request();
                            },
                            stop)
                    .run();
            TrainingResult goneOn = new Trainer(digits, POOLED, settings(), parts, event -> {}, new StopSignal()).run();
            for (String name : once.weights().names()) {
                assertThat(goneOn.weights().values(name))
                        .isEqualTo(once.weights().values(name));
            }
        }

        @Test
        void joins_in_folds_and_in_the_search_for_a_rate(@TempDir Path run) {
            // 300 pictures in 3 folds: 200 to train on; batches of 199 leave one over
            TrainingSettings large = settings().withBatchSize(199).withEpochs(1);
            Optional<FoldReport> report = new CrossValidation(digits, POOLED, large, part -> TrainingStart.NONE)
                    .run(3, run, fold -> event -> {}, new StopSignal());
            assertThat(report.orElseThrow().folds()).allMatch(fold -> Double.isFinite(fold.loss()));
            assertThat(Trainer.remarks(run.resolve("fold-1")))
                    .singleElement()
                    .asString()
                    .contains("has 200 pictures");
            LearningRateCurve curve = new LearningRateFinder(1e-4, 1e-2, 10)
                    .search(digits, POOLED, settings(), TrainingStart.NONE, point -> {}, new StopSignal());
            assertThat(curve.points()).hasSize(10);
        }
    }

    @Nested
    @DisplayName("batches of one")
    class BatchesOfOne {

        @Test
        void are_refused_before_the_first_step() {
            Problem problem = refusal(POOLED, settings().withBatchSize(1));
            assertThat(problem.what()).startsWith("The batch size is 1, but batch norm on [N, 6, 1, 1] needs two");
            assertThat(problem.where()).isEqualTo("network \"small\", layer \"norm\", setting batchSize");
            assertThat(problem.remedy()).startsWith("set the batch size to 2 or more");
        }

        @Test
        void are_trained_on_maps_that_are_larger() {
            Trainer.check(digits, MAPS, settings().withBatchSize(1), TrainingStart.NONE);
        }

        @Test
        void are_refused_before_the_first_of_many_trials(@TempDir Path run) {
            List<Trial> trials = Trial.grid(
                    settings(),
                    List.of(new TuningAxis.Listed(
                            "batch_size",
                            List.of(
                                    new Choice("32", each -> each.withBatchSize(32)),
                                    new Choice("1", each -> each.withBatchSize(1))))));
            Tuning tuning = new Tuning(digits, POOLED, TrainingStart.NONE, run, trial -> event -> {}, new StopSignal());
            assertThatThrownBy(() -> tuning.run(trials, Tuning.Pruning.NONE))
                    .hasMessageContaining("The batch size is 1");
            assertThat(run.resolve("trial-001")).doesNotExist();
        }

        @Test
        void of_a_single_class_are_refused() {
            try (Dataset one = digits.select(
                    new DatasetSelection(List.of(new DatasetSelection.Example(Split.TRAINING, 0)), List.of()))) {
                assertThatThrownBy(() -> Trainer.check(one, POOLED, settings(), TrainingStart.NONE))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("at least two classes");
            }
        }
    }

    @Nested
    @DisplayName("a validation loss that is no number")
    class Diverging {

        @Test
        void ends_the_run_after_its_epoch_and_names_the_tensor(@TempDir Path run) {
            TrainingSettings far = settings()
                    .withEpochs(5)
                    .withBatchSize(220) // one step an epoch: the loss before it is still a number
                    .withOptimizer(new Optimizer.GradientDescent(), 1e38);
            assertThatThrownBy(() -> events(DENSE, far, run))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("The validation loss is no longer a number.");
            assertThat(Trainer.events(run).getLast())
                    .isInstanceOfSatisfying(
                            RunFinished.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.DIVERGED));
            assertThat(Trainer.events(run)).noneMatch(EpochFinished.class::isInstance);
            assertThat(Files.exists(run.resolve("checkpoints/best.safetensors")))
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("early stopping")
    class EarlyStopping {

        @Test
        void is_refused_where_the_training_ends_before_it_can_stop() {
            TrainingSettings brief = settings().withEpochs(5);
            assertThatThrownBy(() ->
                            Trainer.check(digits, MAPS, brief.withEarlyStopping(OptionalInt.of(5)), TrainingStart.NONE))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(
                            "Early stopping waits 5 epochs for a better validation loss, but the training has only 5:"
                                    + " it would never stop.")
                    .hasMessageContaining("setting earlyStopping")
                    .hasMessageContaining("wait 4 epochs at most, train for 6 or more, or leave early stopping out");
            Trainer.check(digits, MAPS, brief.withEarlyStopping(OptionalInt.of(4)), TrainingStart.NONE);
        }

        @Test
        void is_refused_where_there_is_a_single_epoch() {
            assertThatThrownBy(() -> Trainer.check(
                            digits,
                            MAPS,
                            settings().withEpochs(1).withEarlyStopping(OptionalInt.of(3)),
                            TrainingStart.NONE))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("waits 3 epochs", "has only 1:")
                    .hasMessageContaining("train for 4 epochs or more, or leave early stopping out");
        }

        @Test
        void is_refused_without_validation_pictures() {
            try (Dataset blind = digits.select(new DatasetSelection(
                    IntStream.range(0, 220)
                            .mapToObj(index -> new DatasetSelection.Example(Split.TRAINING, index))
                            .toList(),
                    List.of()))) {
                assertThatThrownBy(() -> Trainer.check(
                                blind, MAPS, settings().withEarlyStopping(OptionalInt.of(3)), TrainingStart.NONE))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("no validation pictures");
            }
        }
    }

    @Nested
    @DisplayName("values that are no finite numbers")
    class NonFiniteValues {

        @Test
        void are_told_with_tensor_number_and_position() {
            var tensor = new io.fovea.weights.NamedTensor(
                    "conv.weight", new int[] {2, 3}, new float[] {1, 2, 3, 4, Float.NaN, Float.NEGATIVE_INFINITY});
            assertThat(NonFinite.in(List.of(tensor)).orElseThrow().words())
                    .isEqualTo("2 of 6 values of \"conv.weight\" are no finite numbers, the first at [1, 1]: NaN");
        }
    }
}
