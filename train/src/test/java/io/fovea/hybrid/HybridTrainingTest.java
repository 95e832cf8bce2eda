package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.candidate.AnsweringHere;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.export.ExportReport;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.hybrid.HybridTraining.Start;
import io.fovea.image.Pixels;
import io.fovea.network.Catalogue;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.statistic.Codes;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Making a hybrid")
class HybridTrainingTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void imports_digits() {
        HybridFixture.digits(shared, 30).close();
    }

    @Test
    void gives_a_bundle_that_replays_its_golden_pictures_and_knows_most_digits() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
            HybridOutcome outcome = run(digits, settings(3));
            ExportReport export = export(outcome, digits);

            assertThat(outcome.referenceCount()).isEqualTo(300);
            assertThat(outcome.generations()).isEqualTo(3);
            assertThat(outcome.evaluations()).isPositive().isEqualTo(outcome.evaluations() / 64 * 64);
            assertThat(right(outcome, digits)).isGreaterThan(70); // of 100; by chance 10
            // loading replays the golden pictures
            try (Classifier classifier = Classifier.load(export.path())) {
                int same = 0;
                for (int i = 0; i < 20; i++) {
                    int answer = classifier
                            .classify(digits.picture(Split.TEST, i))
                            .best()
                            .label();
                    if (answer == largest(outcome.outputs(), i)) same++;
                }
                assertThat(same).isEqualTo(20);
            }
        }
    }

    @Test
    void keeps_the_kernels_that_do_better_on_held_out_pictures() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
            HybridOutcome.Validation seen = run(digits, settings(2)).validation();

            assertThat(seen.pictures()).isEqualTo(50);
            assertThat(seen.kept())
                    .isEqualTo(seen.evolved() > seen.start() ? HybridOutcome.Kept.EVOLVED : HybridOutcome.Kept.START);
            HybridOutcome.Validation none = run(digits, settings(0)).validation();
            assertThat(none.kept()).isEqualTo(HybridOutcome.Kept.START);
            assertThat(none.evolved()).isEqualTo(none.start()).isEqualTo(seen.start());
        }
    }

    @Test
    void gives_the_same_engine_for_the_same_seed_and_after_a_stop() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
            HybridSettings settings = settings(4);
            float[] whole = run(digits, settings).outputs();
            int[] asked = {0};
            Optional<HybridOutcome> stopped =
                    training(digits, settings, () -> asked[0]++ == 2).run(Start.ANEW, 1);

            assertThat(stopped).isEmpty();
            assertThat(HybridTraining.waits(state())).isTrue();
            HybridOutcome resumed =
                    training(digits, settings, () -> false).run(Start.RESUME, 1).orElseThrow();
            assertThat(resumed.outputs()).isEqualTo(whole);
            assertThat(resumed.generations()).isEqualTo(4);
            assertThat(resumed.seconds().earlier()).isPositive();
            assertThat(resumed.seconds().total())
                    .isGreaterThan(resumed.seconds().earlier());
            assertThat(HybridTraining.waits(state())).isTrue(); // until the model is written
            HybridTraining.forget(state());
            assertThat(HybridTraining.waits(state())).isFalse();
        }
    }

    @Test
    void stops_between_its_steps_as_well_and_goes_on_from_there() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
            HybridSettings settings = settings(2);
            float[] whole = run(digits, settings).outputs();
            int[] asked = {0};
            // asked before each of two generations; the third time is after the comparison
            Optional<HybridOutcome> stopped =
                    training(digits, settings, () -> asked[0]++ == 2).run(Start.ANEW, 1);

            assertThat(stopped).isEmpty();
            HybridOutcome resumed =
                    training(digits, settings, () -> false).run(Start.RESUME, 1).orElseThrow();
            assertThat(resumed.outputs()).isEqualTo(whole);
        }
    }

    @Test
    void lives_a_generation_at_least_however_short_the_time_is() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
            assertThat(run(digits, timed()).generations()).isEqualTo(1);
        }
    }

    @Test
    void gives_the_same_hybrid_where_other_processes_judge_the_candidates() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"));
                AnsweringHere processes = new AnsweringHere(2)) {
            HybridOutcome here = run(digits, settings(3));
            HybridOutcome elsewhere = training(digits, settings(3), () -> false)
                    .run(Start.ANEW, 1, processes)
                    .orElseThrow();

            assertThat(elsewhere.outputs()).isEqualTo(here.outputs());
            assertThat(elsewhere.validation()).isEqualTo(here.validation());
            assertThat(processes.questions()).isEqualTo(3 * 2);
        }
    }

    @Test
    void measures_the_speed_of_those_who_judge_the_candidates() {
        try (Dataset digits = Dataset.open(shared.resolve("digits"));
                AnsweringHere processes = new AnsweringHere(1)) {
            training(digits, timed(), () -> false).run(Start.ANEW, 1, processes);

            assertThat(processes.questions()).isEqualTo(16 + 1); // sixteen of the probe, one that counts
        }
    }

    @Nested
    @DisplayName("within so many bytes")
    class EngineSize {

        @ParameterizedTest
        @ValueSource(longs = {16_000, 20_000, 60_000})
        void writes_a_network_that_is_no_larger(long bytes) {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                HybridOutcome outcome = run(digits, sized(bytes));
                ExportReport export = export(outcome, digits);

                assertThat(export.networkBytes()).isLessThanOrEqualTo(bytes);
                assertThat(right(outcome, digits)).isGreaterThan(40); // of 100; by chance 10
            }
        }

        @Test
        void says_what_would_be_possible_and_that_is() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem = problem(() -> run(digits, sized(2000)));

                assertThat(problem.what()).contains("takes only 2000 bytes", "takes about");
                assertThat(problem.where()).contains("--engine-size", "10 classes");
                Matcher possible = Pattern.compile("--engine-size (\\d+)KB").matcher(problem.remedy());
                assertThat(possible.find()).isTrue();
                long bytes = 1024 * Long.parseLong(possible.group(1));
                assertThat(export(run(digits, sized(bytes)), digits).networkBytes())
                        .isLessThanOrEqualTo(bytes);
            }
        }

        @Test
        void lets_as_many_neighbours_vote_as_are_wanted() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                assertThat(run(digits, sized(20_000, 3)).form().k()).isEqualTo(3);
                assertThat(problem(() -> run(digits, sized(20_000, 1000))).what())
                        .contains("k (=1000)", "at most");
            }
        }

        @Test
        void works_for_two_classes_which_have_few_discriminants() throws IOException {
            try (Dataset two = HybridFixture.firstDigits(folder, 20, 2)) {
                HybridOutcome outcome = run(two, sized(60_000));

                assertThat(outcome.form().dimensions()).isBetween(1, 15);
                assertThat(export(outcome, two).networkBytes()).isLessThanOrEqualTo(60_000);
            }
        }
    }

    @Nested
    @DisplayName("is refused at once")
    class Refused {

        @Test
        void when_there_is_nothing_to_judge_on() throws IOException {
            try (Dataset unjudged = HybridFixture.withoutTest(folder)) {
                Problem problem = problem(() -> training(unjudged, settings(4), () -> false));

                assertThat(problem.what()).contains("no pictures to judge");
            }
        }

        @Test
        void when_pictures_are_to_be_given_back() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem = problem(() -> training(digits.forReconstruction(), settings(4), () -> false));

                assertThat(problem.what()).contains("these pictures are to be given back");
            }
        }

        @Test
        void when_no_engine_is_that_small_or_has_so_many_references() {
            HybridSettings usual = settings(4);
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                assertThat(problem(() -> training(digits, usual.within(2000), () -> false))
                                .what())
                        .contains("takes only 2000 bytes");
                assertThat(problem(() -> training(digits, sized(20_000, 201), () -> false))
                                .what())
                        .contains("k (=201)", "at most 200 references");
            }
        }

        @Test
        void when_the_search_does_not_work_with_so_many_dimensions() {
            HybridSettings usual = settings(4);
            EvolutionSettings joint =
                    new EvolutionSettings("cma-es", EvolutionMode.JOINT, 4, 16, 2, 0.12, Optional.empty());
            HybridSettings settings =
                    new HybridSettings(usual.kernels(), joint, usual.form(), usual.engineBytes(), usual.shrinkage(), 1);
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                assertThat(problem(() -> training(digits, settings, () -> false))
                                .what())
                        .contains("cma-es works with at most 1024 dimensions, found 18816");
            }
        }

        @Test
        void when_more_neighbours_should_vote_than_there_are_references() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem = problem(() -> run(digits, formed(new ReferenceChoice.All(), 301)));

                assertThat(problem.what()).contains("k (=301)", "only 300 references");
                assertThat(problem.where()).isEqualTo("--k 301");
                assertThat(problem.remedy()).contains("--k 300 or less");
                assertThat(problem(() -> run(digits, formed(new ReferenceChoice.PerClass(2), 21)))
                                .remedy())
                        .contains("--k 20 or less");
            }
        }

        @Test
        void when_a_class_has_fewer_pictures_than_prototypes() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem = problem(() -> run(digits, formed(new ReferenceChoice.PerClass(31), 1)));

                assertThat(problem.what()).contains("\"0\" has 30 training pictures, but 31 prototypes");
                assertThat(problem.remedy()).contains("--references prototypes:30");
            }
        }

        @Test
        void when_there_is_no_state_to_go_on_from() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem =
                        problem(() -> training(digits, settings(1), () -> false).run(Start.RESUME, 1));

                assertThat(problem.what()).contains("no stopped evolution");
                assertThat(problem.remedy()).contains("--resume");
            }
        }

        @Test
        void when_the_state_is_that_of_another_seed_or_another_search() {
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                training(digits, settings(4), () -> true).run(Start.ANEW, 1);
                HybridSettings usual = settings(4);
                HybridSettings seed = new HybridSettings(
                        usual.kernels(), usual.evolution(), usual.form(), usual.engineBytes(), usual.shrinkage(), 2);

                assertThat(problem(() -> training(digits, seed, () -> false).run(Start.RESUME, 1))
                                .what())
                        .contains("another evolution", "seed 2", "seed 1");
                assertThat(problem(() -> training(digits, settings(5), () -> false)
                                        .run(Start.RESUME, 1))
                                .what())
                        .contains("5 generations", "4 generations");
            }
        }

        @Test
        void when_the_kernels_are_those_of_a_network_that_does_not_fit() {
            var lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
            KernelSource trained = new KernelSource.Trained("mine", lenet, new Weights(List.of()));
            HybridSettings usual = settings(1);
            try (Dataset digits = Dataset.open(shared.resolve("digits"))) {
                Problem problem = problem(() -> training(
                        digits,
                        new HybridSettings(
                                trained, usual.evolution(), usual.form(), usual.engineBytes(), usual.shrinkage(), 1),
                        () -> false));

                assertThat(problem.what()).contains("32 and 64 filters", "found no tensor");
                assertThat(problem.where()).contains("model \"mine\"");
                assertThat(problem.remedy()).contains("--kernels kmeans");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void says_so_when_all_pictures_are_the_same(boolean clustered) throws IOException {
        for (String name : List.of("a", "b")) {
            Path own = Files.createDirectories(folder.resolve("same").resolve(name));
            for (int i = 0; i < 12; i++) {
                PngWriter.write(new Pixels(20, 20, 1, new byte[400]), own.resolve(i + ".png"));
            }
        }
        HybridSettings usual = settings(1);
        KernelSource source = clustered ? new KernelSource.Clustered() : new KernelSource.Random();
        try (Dataset same = HybridFixture.imported(folder.resolve("same"), folder.resolve("constant"))) {
            Problem problem = problem(() -> run(
                    same,
                    new HybridSettings(
                            source, usual.evolution(), usual.form(), usual.engineBytes(), usual.shrinkage(), 1)));

            assertThat(problem.what()).contains("no difference between the pictures");
        }
    }

    private static HybridSettings settings(int generations) {
        HybridSettings usual = HybridSettings.usual(1);
        EvolutionSettings evolution =
                new EvolutionSettings("es-adam", EvolutionMode.PARALLEL, generations, 16, 2, 0.12, Optional.empty());
        return new HybridSettings(
                new KernelSource.Random(), evolution, usual.form(), OptionalLong.empty(), usual.shrinkage(), 1);
    }

    private static HybridSettings timed() {
        HybridSettings usual = settings(1);
        return new HybridSettings(
                usual.kernels(),
                usual.evolution().within(Duration.ofMillis(1)),
                usual.form(),
                usual.engineBytes(),
                usual.shrinkage(),
                1);
    }

    private static HybridSettings sized(long bytes) {
        return sized(bytes, 1);
    }

    private static HybridSettings sized(long bytes, int k) {
        HybridSettings plain = settings(0);
        return new HybridSettings(
                plain.kernels(),
                plain.evolution(),
                plain.form().with(plain.form().references(), k),
                OptionalLong.of(bytes),
                plain.shrinkage(),
                1);
    }

    private static HybridSettings formed(ReferenceChoice references, int k) {
        HybridSettings plain = settings(0);
        return new HybridSettings(
                plain.kernels(),
                plain.evolution(),
                plain.form().with(references, k),
                OptionalLong.empty(),
                plain.shrinkage(),
                1);
    }

    private Path state() {
        return folder.resolve("evolution.state");
    }

    private HybridTraining training(Dataset dataset, HybridSettings settings, BooleanSupplier stop) {
        return new HybridTraining(
                dataset, HybridFixture.preprocessing(dataset), settings, state(), HybridListener.SILENT, stop);
    }

    private HybridOutcome run(Dataset dataset, HybridSettings settings) {
        return training(dataset, settings, () -> false).run(Start.ANEW, 2).orElseThrow();
    }

    private ExportReport export(HybridOutcome outcome, Dataset dataset) {
        return TrainedModel.judge(outcome.parts(), dataset, new Origin(Map.of(), 1), outcome.outputs())
                .export("hybrid", "0.1.0", folder.resolve("hybrid.fovea"));
    }

    private static int right(HybridOutcome outcome, Dataset dataset) {
        int right = 0;
        for (int i = 0; i < dataset.count(Split.TEST); i++) {
            if (largest(outcome.outputs(), i) == dataset.label(Split.TEST, i)) right++;
        }
        return right;
    }

    private static int largest(float[] outputs, int row) {
        return Codes.largest(Arrays.copyOfRange(outputs, row * 10, row * 10 + 10), 10)[0];
    }

    private static Problem problem(ThrowingCallable deed) {
        return catchThrowableOfType(Problem.class, deed);
    }
}
