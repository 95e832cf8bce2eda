package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.event.TrainingEvent.StartJudged;
import io.fovea.module.Engine;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.optimize.Optimizer;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights that "others trained" are those of a short run on the same digits. */
@DisplayName("Training from given weights")
class FineTuningTest {

    private static final String FIRST_CONVOLUTION = "conv1";

    @TempDir
    static Path folder;

    static Dataset digits;
    static Weights learned;
    static ValidationResult learnedResult;

    @BeforeAll
    static void learn_digits() {
        digits = Dataset.open(TrainingFixture.digits(folder));
        learned = TrainingFixture.train(digits, TrainingFixture.settings(Engine.LIBTORCH), folder.resolve("learned"))
                .weights();
        learnedResult =
                ValidationResult.of(Trainer.events(folder.resolve("learned"))).orElseThrow();
    }

    @AfterAll
    static void close_digits() {
        digits.close();
    }

    @Nested
    @DisplayName("judges them first")
    class Start {

        @Test
        void as_epoch_0_on_the_validation_pictures(@TempDir Path run) {
            run(gentle(), run, new StopSignal());

            List<TrainingEvent> events = Trainer.events(run);
            assertThat(events.get(0)).isInstanceOf(RunStarted.class);
            assertThat(events.get(1)).isInstanceOfSatisfying(StartJudged.class, start -> {
                assertThat(start.validationLoss()).isEqualTo(learnedResult.loss());
                assertThat(start.validation()).isEqualTo(learnedResult.measures());
            });
        }

        @Test
        void and_hands_them_back_if_no_epoch_beats_them(@TempDir Path run) {
            TrainingResult result = run(ruinous(), run, new StopSignal());

            assertThat(result.weightsEpoch()).isZero();
            same(result.weights(), learned);
            StartComparison comparison = result.start().orElseThrow();
            assertThat(comparison.keepsStart()).isTrue();
            assertThat(comparison.best().orElseThrow().loss())
                    .isGreaterThan(comparison.start().loss());
            assertThat(ValidationResult.of(Trainer.events(run)).orElseThrow()).isEqualTo(comparison.start());
        }

        @Test
        void and_takes_an_epoch_only_if_no_fewer_pictures_are_right(@TempDir Path run) {
            run(gentle(), run, new StopSignal());

            double before = learnedResult.measure().value();
            assertThat(Trainer.events(run))
                    .filteredOn(EpochFinished.class::isInstance)
                    .map(EpochFinished.class::cast)
                    .filteredOn(EpochFinished::best)
                    .allSatisfy(epoch -> {
                        assertThat(epoch.validationLoss().getAsDouble()).isLessThan(learnedResult.loss());
                        assertThat(epoch.validation().getFirst().value()).isGreaterThanOrEqualTo(before);
                    });
        }

        @Test
        void but_not_drawn_weights(@TempDir Path run) {
            TrainingResult result = TrainingFixture.train(
                    digits, TrainingFixture.settings(Engine.VECTOR).withEpochs(1), run);

            assertThat(result.start()).isEmpty();
            assertThat(Trainer.events(run)).noneMatch(StartJudged.class::isInstance);
        }

        @Test
        void once_even_if_the_run_is_stopped_and_goes_on_to_the_same_bits(
                @TempDir Path stopped, @TempDir Path straight) {
            StopSignal stop = new StopSignal();
            run(gentle(), stopped, stop, event -> {
                if (event instanceof EpochFinished) stop.request();
            });
            TrainingResult continued = run(gentle(), stopped, new StopSignal());
            TrainingResult whole = run(gentle(), straight, new StopSignal());

            same(continued.weights(), whole.weights());
            assertThat(continued.start()).isEqualTo(whole.start());
            assertThat(Trainer.events(stopped))
                    .filteredOn(StartJudged.class::isInstance)
                    .hasSize(1);
        }
    }

    @Nested
    @DisplayName("at a rate that ruins them")
    class Diverging {

        @Test
        void stops_before_the_loss_is_no_number_and_names_a_rate_for_such_weights(@TempDir Path run) {
            TrainingSettings settings = gentle().withOptimizer(new Optimizer.Momentum(0.9), 50);

            assertThatThrownBy(() -> run(settings, run, new StopSignal()))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).contains("at a learning rate of");
                        assertThat(problem.remedy()).contains("such as 0.00100");
                    });
        }
    }

    @Nested
    @DisplayName("with the first layers frozen")
    class Frozen {

        private static final LayerRates FROZEN = new LayerRates(List.of(new LayerRate(FIRST_CONVOLUTION, 0)));

        @Test
        void computes_them_once_and_learns_the_same_to_a_hundred_thousandth(@TempDir Path once, @TempDir Path always) {
            TrainingSettings plain = gentle().withLayerRates(FROZEN);
            // a flip that never happens, but that might
            TrainingSettings augmented = plain.withAugmentation(Augmentation.NONE.withHorizontalFlip(1e-12));

            Weights kept = last(plain, once);
            Weights computed = last(augmented, always);

            assertThat(started(once).keptLayers()).isEqualTo(1);
            assertThat(started(always).keptLayers()).isZero();
            for (NamedTensor tensor : kept.tensors()) {
                assertThat(tensor.values()).containsExactly(computed.values(tensor.name()), within(1e-5f));
            }
        }

        @Test
        void says_how_many_parameters_learn(@TempDir Path run) {
            run(gentle().withLayerRates(FROZEN), run, new StopSignal());

            // all but six kernels of 3x3 with a bias each
            assertThat(started(run).parameters() - started(run).trainedParameters())
                    .isEqualTo(60);
        }

        @Test
        void leaves_no_file_of_their_outputs(@TempDir Path run) {
            run(gentle().withLayerRates(FROZEN), run, new StopSignal());

            assertThat(new RunFolder(run).frozenOutputs()).doesNotExist();
        }

        @Test
        void goes_on_after_a_stop_to_the_same_bits(@TempDir Path stopped, @TempDir Path straight) {
            TrainingSettings settings = gentle().withLayerRates(FROZEN);
            StopSignal stop = new StopSignal();
            run(settings, stopped, stop, event -> {
                if (event instanceof EpochFinished) stop.request();
            });

            same(last(settings, stopped), last(settings, straight));
        }

        private Weights last(TrainingSettings settings, Path run) {
            run(settings, run, new StopSignal());
            return Checkpoint.read(new RunFolder(run).lastCheckpoint()).weights();
        }
    }

    private static TrainingSettings gentle() {
        return TrainingFixture.settings(Engine.LIBTORCH)
                .withEpochs(3)
                .withAugmentation(Augmentation.NONE)
                .withOptimizer(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01), 0.001);
    }

    private static TrainingSettings ruinous() {
        return gentle().withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.05);
    }

    private static RunStarted started(Path run) {
        return (RunStarted) Trainer.events(run).getFirst();
    }

    private static TrainingResult run(TrainingSettings settings, Path run, StopSignal stop) {
        return run(settings, run, stop, event -> {});
    }

    private static TrainingResult run(TrainingSettings settings, Path run, StopSignal stop, TrainingListener listener) {
        TrainingStart start = TrainingStart.of(learned, Trainer.preprocessing(digits));
        return new Trainer(digits, TrainingFixture.NETWORK, settings, start, run, listener, stop).run();
    }

    private static void same(Weights one, Weights other) {
        for (NamedTensor tensor : one.tensors()) {
            assertThat(Arrays.equals(tensor.values(), other.values(tensor.name())))
                    .as(tensor.name())
                    .isTrue();
        }
    }
}
