package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.dataset.DatasetSelection.Example;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.module.Engine;
import io.fovea.optimize.Optimizer;
import io.fovea.task.Measure;
import io.fovea.training.LearningRateCurve.Point;
import io.fovea.trial.CrossValidation;
import io.fovea.trial.FoldReport;
import io.fovea.trial.Trial;
import io.fovea.trial.TrialResult;
import io.fovea.trial.TrialResult.State;
import io.fovea.trial.Tuning;
import io.fovea.trial.TuningAxis;
import io.fovea.trial.TuningAxis.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An experiment:")
class ExperimentsTest {

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

    private static TrainingSettings settings(int epochs) {
        return TrainingFixture.settings(Engine.VECTOR).withEpochs(epochs);
    }

    @Nested
    @DisplayName("the search for a learning rate")
    class Finding {

        @Test
        void suggests_a_rate_at_which_the_loss_falls() {
            LearningRateCurve curve = new LearningRateFinder(1e-6, 10, 80)
                    .search(
                            digits,
                            TrainingFixture.NETWORK,
                            settings(1).withOptimizer(new Optimizer.Momentum(0.9), 1),
                            TrainingStart.NONE,
                            point -> {},
                            new StopSignal());
            assertThat(curve.suggestion().orElseThrow()).isBetween(1e-4, 1.0);
            assertThat(curve.csv().lines().findFirst()).contains("learning_rate,loss,smoothed_loss");
        }

        @Test
        void takes_the_steepest_place_but_at_most_a_tenth_of_the_lowest() {
            // falls from 2 to 1 around a rate of 0.01
            List<Point> points = DoubleStream.iterate(-6, exponent -> exponent + 0.125)
                    .limit(49)
                    .mapToObj(exponent -> {
                        double loss = 2 - 1 / (1 + Math.exp(-4 * (exponent + 2)));
                        return new Point(Math.pow(10, exponent), loss, loss);
                    })
                    .toList();
            assertThat(new LearningRateCurve(points).suggestion().orElseThrow()).isCloseTo(0.01, within(1e-12));
            List<Point> cut = points.subList(0, 37); // until 10^-1.5, where it is lowest
            assertThat(new LearningRateCurve(cut).suggestion().orElseThrow())
                    .isCloseTo(Math.pow(10, -2.5), within(1e-12));
        }

        @Test
        void suggests_nothing_where_the_loss_only_rises() {
            List<Point> points = DoubleStream.iterate(1, rate -> rate * 2)
                    .limit(20)
                    .mapToObj(rate -> new Point(rate, 1 + rate, 1 + rate))
                    .toList();
            assertThat(new LearningRateCurve(points).suggestion()).isEmpty();
        }
    }

    @Nested
    @DisplayName("the folds of a cross-validation")
    class Folds {

        @Test
        void validate_on_every_picture_once_and_hold_each_class_evenly() {
            List<DatasetSelection> folds = DatasetSelection.folds(digits, 4, 7);
            int pictures = digits.count(Split.TRAINING) + digits.count(Split.VALIDATION);
            Set<Example> validated = new HashSet<>();
            for (DatasetSelection fold : folds) {
                assertThat(validated.addAll(fold.validation())).isTrue();
                assertThat(fold.training()).doesNotContainAnyElementsOf(fold.validation());
                assertThat(fold.training().size() + fold.validation().size()).isEqualTo(pictures);
                int[] counts = new int[10];
                for (Example example : fold.validation()) counts[digits.label(example.split(), example.index())]++;
                // 30 pictures of each class in 4 folds
                for (int count : counts) assertThat(count).isBetween(7, 8);
            }
            assertThat(validated).hasSize(pictures);
            assertThat(DatasetSelection.folds(digits, 4, 7)).isEqualTo(folds);
        }

        @Test
        void are_views_whose_pictures_are_the_datasets() {
            DatasetSelection selection = new DatasetSelection(
                    List.of(new Example(Split.VALIDATION, 3)), List.of(new Example(Split.TRAINING, 5)));
            try (Dataset view = digits.select(selection)) {
                assertThat(view.count(Split.TRAINING)).isEqualTo(1);
                assertThat(view.count(Split.TEST)).isEqualTo(digits.count(Split.TEST));
                assertThat(view.label(Split.TRAINING, 0)).isEqualTo(digits.label(Split.VALIDATION, 3));
                view.holdIfSmall(Split.TRAINING);
                assertThat(view.picture(Split.VALIDATION, 0).values())
                        .isEqualTo(digits.picture(Split.TRAINING, 5).values());
                assertThat(view.contentHash()).isNotEqualTo(digits.contentHash());
            }
            assertThat(digits.source(Split.TRAINING, 0)).isNotEmpty();
        }

        @Test
        void begin_with_what_was_found_on_their_own_training_pictures_alone(@TempDir Path runs) {
            List<Integer> seen = new ArrayList<>();
            CrossValidation validation = new CrossValidation(digits, TrainingFixture.NETWORK, settings(1), view -> {
                seen.add(view.count(Split.TRAINING));
                return TrainingStart.NONE;
            });

            validation.run(3, runs, _ -> _ -> {}, new StopSignal());

            assertThat(seen).containsExactly(200, 200, 200);
        }

        @Test
        void go_on_where_they_stopped(@TempDir Path runs) {
            CrossValidation validation =
                    new CrossValidation(digits, TrainingFixture.NETWORK, settings(2), _ -> TrainingStart.NONE);
            StopSignal stop = new StopSignal();
            List<Integer> started = new ArrayList<>();
            Optional<FoldReport> none = validation.run(
                    3,
                    runs,
                    fold -> event -> {
                        if (event instanceof RunStarted) started.add(fold);
                        if (fold == 2) stop.request();
                    },
                    stop);
            assertThat(none).isEmpty();
            FoldReport report = validation
                    .run(
                            3,
                            runs,
                            fold -> event -> {
                                if (event instanceof RunStarted) started.add(fold);
                            },
                            new StopSignal())
                    .orElseThrow();
            assertThat(started).containsExactly(1, 2, 2, 3);
            assertThat(report.folds()).hasSize(3);
        }

        @Test
        void are_summed_up_by_mean_deviation_and_students_interval() {
            FoldReport report = new FoldReport(List.of(fold(0.8), fold(0.9), fold(1.0)));
            assertThat(report.mean()).isCloseTo(0.9, within(1e-12));
            assertThat(report.deviation()).isCloseTo(0.1, within(1e-12));
            assertThat(report.halfWidth()).isCloseTo(4.303 * 0.1 / Math.sqrt(3), within(1e-12));
        }

        private static ValidationResult fold(double accuracy) {
            return new ValidationResult(1, 1, List.of(Measure.share("accuracy", accuracy)));
        }
    }

    @Nested
    @DisplayName("the comparison of settings")
    class Comparing {

        private final TuningAxis rates =
                new TuningAxis.Listed("learning_rate", List.of(rate(1e-9), rate(0.005), rate(1e30)));
        private final TuningAxis batches = new TuningAxis.Listed(
                "batch_size",
                List.of(
                        new Choice("16", settings -> settings.withBatchSize(16)),
                        new Choice("32", settings -> settings.withBatchSize(32))));

        private static Choice rate(double rate) {
            return new Choice(Double.toString(rate), settings -> settings.withLearningRate(rate));
        }

        @Test
        void makes_all_combinations_the_last_axis_first() {
            List<Trial> trials = Trial.grid(settings(2), List.of(rates, batches));
            assertThat(trials).extracting(Trial::number).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(trials.get(3).choices())
                    .containsEntry("learning_rate", "0.005")
                    .containsEntry("batch_size", "32");
            assertThat(trials.get(3).settings())
                    .isEqualTo(settings(2).withLearningRate(0.005).withBatchSize(32));
        }

        @Test
        void draws_rates_evenly_by_their_logarithm_and_the_same_for_the_same_seed() {
            TuningAxis range =
                    new TuningAxis.Range("rate", 1e-4, 1, rate -> settings -> settings.withLearningRate(rate));
            List<Trial> trials = Trial.random(settings(2), List.of(range), 400, 3);
            long low = trials.stream()
                    .filter(trial -> trial.settings().step().learningRate() < 1e-2)
                    .count();
            assertThat(low).isBetween(170L, 230L);
            assertThat(Trial.random(settings(2), List.of(range), 400, 3))
                    .extracting(Trial::settings)
                    .isEqualTo(trials.stream().map(Trial::settings).toList());
            assertThatThrownBy(() -> Trial.grid(settings(2), List.of(range))).hasMessageContaining("random search");
        }

        @Test
        void puts_the_best_first_and_the_diverged_last_and_repeats_nothing(@TempDir Path runs) throws IOException {
            List<Trial> trials = Trial.grid(settings(2), List.of(rates));
            List<Integer> started = new ArrayList<>();
            List<TrialResult> results =
                    tuning(runs, started).run(trials, Tuning.Pruning.NONE).orElseThrow();
            assertThat(results).extracting(result -> result.trial().number()).containsExactly(2, 1, 3);
            assertThat(results)
                    .extracting(TrialResult::state)
                    .containsExactly(State.FINISHED, State.FINISHED, State.DIVERGED);
            assertThat(SettingsYaml.read(Files.readString(runs.resolve("best-settings.yaml")), "best", settings(9)))
                    .isEqualTo(settings(2).withLearningRate(0.005));
            assertThat(Files.readAllLines(runs.resolve("trials.csv")).getFirst())
                    .isEqualTo("trial,learning_rate,state,epochs,best_epoch,validation_loss,validation_accuracy");
            assertThat(tuning(runs, started).run(trials, Tuning.Pruning.NONE)).contains(results);
            assertThat(started).containsExactly(1, 2, 3);
        }

        @Test
        void ends_the_worse_half_early_and_lets_the_others_go_on(@TempDir Path runs) {
            TuningAxis four =
                    new TuningAxis.Listed("learning_rate", List.of(rate(1e-9), rate(0.005), rate(1e-8), rate(0.002)));
            List<Trial> trials = Trial.grid(settings(8), List.of(four));
            List<TrialResult> results = tuning(runs, new ArrayList<>())
                    .run(trials, Tuning.Pruning.HALVING)
                    .orElseThrow();
            assertThat(results).extracting(TrialResult::epochs).containsExactlyInAnyOrder(8, 4, 2, 2);
            assertThat(results.getFirst().state()).isEqualTo(State.FINISHED);
            assertThat(results.stream().filter(result -> result.epochs() == 2).map(result -> result.trial()
                            .number()))
                    .containsExactlyInAnyOrder(1, 3);
            assertThat(results.getLast().state()).isEqualTo(State.ENDED_EARLY);
        }

        private Tuning tuning(Path runs, List<Integer> started) {
            return new Tuning(
                    digits,
                    TrainingFixture.NETWORK,
                    TrainingStart.NONE,
                    runs,
                    trial -> event -> {
                        if (event instanceof RunStarted) started.add(trial.number());
                    },
                    new StopSignal());
        }
    }
}
