package io.fovea.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@DisplayName("Tests of a model")
class ModelExtensionTest {

    static final String MOSTLY_RIGHT = "target/pictures/mostly-right";
    static final String FEW = "target/pictures/few";
    static final String TABLE = "target/pictures/table.csv";

    @BeforeAll
    static void write() throws IOException {
        ExampleModels.write();
        Path folder = Path.of(MOSTLY_RIGHT);
        for (int i = 0; i < 5; i++) ExampleModels.picture(folder, "dark/" + i + ".png", 10 * i);
        for (int i = 0; i < 3; i++) ExampleModels.picture(folder, "bright/" + i + ".png", 255);
        ExampleModels.picture(folder, "bright/shade.png", 0); // taken for "dark" with certainty
        ExampleModels.picture(folder, "bright/dusk.png", 127); // −0.0157: nearly even
        ExampleModels.picture(Path.of(FEW), "dark/a.png", 0);
        ExampleModels.picture(Path.of(FEW), "bright/b.png", 255);
        ExampleModels.picture(Path.of("target/pictures/unknown"), "brigth/b.png", 255);
        ExampleModels.picture(Path.of("target/pictures/astray"), "b.png", 255);
        ExampleModels.picture(Path.of("target/pictures/foreign"), "dark/a.png", 0);
        Files.writeString(Path.of("target/pictures/foreign/dark/notes.txt"), "no picture");
        Files.createDirectories(Path.of("target/pictures/empty"));
        Files.writeString(Path.of(TABLE), "file;class\nfew/dark/a.png;dark\nfew/bright/b.png;bright\n");
        Files.writeString(
                Path.of("target/pictures/wrong.csv"), "file,class\nfew/dark/a.png,dark\nfew/dark/c.png,dark\n");
        Files.writeString(Path.of("target/pictures/headless.csv"), "few/dark/a.png,dark\n");
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }

    /** What the only test of a class fails with. */
    private static String failure(Class<?> tests) {
        List<Event> failed = run(tests).testEvents().failed().list();
        assertThat(failed).hasSize(1);
        return failed.getFirst()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    /** What the only test of a class, which passes, tells. */
    private static String told(Class<?> tests, String entry) {
        EngineExecutionResults results = run(tests);
        results.testEvents()
                .assertStatistics(statistics -> statistics.started(1).succeeded(1));
        return results.testEvents()
                .reportingEntryPublished()
                .list()
                .getFirst()
                .getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                .getKeyValuePairs()
                .get(entry);
    }

    @Nested
    @DisplayName("that want it as a parameter")
    class Parameters {

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Wanted {
            private final Decoder decoder;

            Wanted(Decoder decoder) {
                this.decoder = decoder;
            }

            @Test
            void get_the_same(Classifier classifier, Model model) {
                assertThat(classifier).isSameAs(decoder);
                assertThat(classifier.model()).isSameAs(model);
                assertThat(classifier.classify(ExampleModels.png(255)).best().name())
                        .isEqualTo("bright");
            }

            @Nested
            class Inside {
                @Test
                void get_that_of_the_class_around(Model model) {
                    assertThat(model).isSameAs(decoder.model());
                }

                @Test
                @ModelUnderTest(ExampleModels.REGRESSOR)
                void get_their_own(Model model) {
                    assertThat(model.manifest().task().names()).containsExactly("weight");
                }
            }
        }

        @ModelUnderTest(ExampleModels.REGRESSOR)
        static class OfAnotherTask {
            @Test
            void asks_for_classes(Classifier classifier) {}
        }

        @ModelUnderTest(ExampleModels.BROKEN)
        static class OfABrokenModel {
            @Test
            void asks(Model model) {}
        }

        static class OfNoModel {
            @LatencyCeiling(p50Millis = 60_000)
            void is_quick() {}
        }

        @Test
        void get_it_loaded_once_and_closed_at_the_end() {
            run(Wanted.class)
                    .testEvents()
                    .assertStatistics(statistics -> statistics.started(3).succeeded(3));
        }

        @Test
        void fail_where_its_task_is_another() {
            assertThat(failure(OfAnotherTask.class))
                    .contains("Expected a Classifier, found a model for regression, whose decoder is a Regressor")
                    .contains("  where: target/models/weight.fovea")
                    .contains("  do:    let the parameter be a Regressor or a Decoder");
        }

        @Test
        void fail_where_its_golden_pictures_come_out_otherwise() {
            assertThat(failure(OfABrokenModel.class)).contains("differs at the stage \"network\"");
        }

        @Test
        void fail_where_none_is_named() {
            assertThat(failure(OfNoModel.class))
                    .contains("where: " + OfNoModel.class.getName() + ".is_quick")
                    .contains("@ModelUnderTest");
        }
    }

    @Nested
    @DisplayName("with a floor for accuracy")
    class Floor {

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Missed {
            @AccuracyFloor(value = 0.9, pictures = MOSTLY_RIGHT)
            void is_right() {
                throw new IllegalStateException("the body is not reached");
            }
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Kept {
            @AccuracyFloor(value = 0.4, pictures = MOSTLY_RIGHT)
            void is_right() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Undecided {
            @AccuracyFloor(value = 0.98, pictures = TABLE)
            void is_right() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class UndecidedFails {
            @AccuracyFloor(value = 0.98, pictures = FEW, undecided = AccuracyFloor.Undecided.FAILS)
            void is_right() {}
        }

        @ModelUnderTest(ExampleModels.REGRESSOR)
        static class OfNumbers {
            @AccuracyFloor(value = 0.98, pictures = FEW)
            void is_right() {}
        }

        @Test
        void name_the_pictures_that_are_wrong_the_farthest_off_first() {
            // 8 of 10; the interval is SciPy's binomtest(8, 10).proportion_ci(method="wilson").
            assertThat(failure(Missed.class)).isEqualTo("""
                Expected an accuracy of at least 90.00 %, found 80.00 %: 8 of 10 pictures, 95 % interval 49.02 % to 94.33 %. \
                The floor lies in the interval, so the pictures are too few to decide.
                  where: model target/models/brightness.fovea, pictures target/pictures/mostly-right
                  do:    look at the pictures that are wrong, train further, or lower the floor:
                      bright/shade.png: "dark" 99.97 %, truth "bright" 0.03 %
                      bright/dusk.png: "dark" 50.78 %, truth "bright" 49.22 %\
                """);
        }

        @Test
        void pass_above_it_and_say_what_was_found() {
            assertThat(told(Kept.class, "accuracy"))
                    .isEqualTo("80.00 %: 8 of 10 pictures, 95 % interval 49.02 % to 94.33 %");
        }

        @Test
        void say_that_pictures_are_too_few_and_how_many_would_do() {
            // 1.96² · 0.98 / 0.02 = 188.2
            assertThat(told(Undecided.class, "accuracy"))
                    .startsWith("100.00 %: 2 of 2 pictures, 95 % interval 34.24 % to 100.00 %. The floor lies in the"
                            + " interval")
                    .contains("about 189, all of them right, are the fewest that decide");
        }

        @Test
        void fail_for_too_few_pictures_if_that_is_wanted() {
            assertThat(failure(UndecidedFails.class))
                    .startsWith("Expected pictures enough to tell an accuracy of at least 98.00 %, found 100.00 %");
        }

        @Test
        void fail_for_a_model_without_classes() {
            assertThat(failure(OfNumbers.class))
                    .startsWith("Expected a model for classification, found one for regression");
        }
    }

    @Nested
    @DisplayName("on pictures that are not in order")
    class Pictures {

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Disorder {
            @AccuracyFloor(value = 0.5, pictures = "target/pictures/unknown")
            void unknown() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/astray")
            void astray() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/foreign")
            void foreign() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/empty")
            void empty() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/absent")
            void absent() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/wrong.csv")
            void wrong() {}

            @AccuracyFloor(value = 0.5, pictures = "target/pictures/headless.csv")
            void headless() {}

            @AccuracyFloor(value = 98, pictures = FEW)
            void percent() {}
        }

        @Test
        void fail_with_the_place_and_what_to_do() {
            List<String> failures = run(Disorder.class).testEvents().failed().stream()
                    .map(event -> event.getTestDescriptor().getDisplayName() + ": "
                            + event.getRequiredPayload(TestExecutionResult.class)
                                    .getThrowable()
                                    .orElseThrow()
                                    .getMessage()
                                    .replaceAll("\n +", " | "))
                    .map(words -> words.replaceAll("from the folder .*", "…"))
                    .toList();
            assertThat(failures)
                    .containsExactlyInAnyOrder(
                            "unknown(): The model knows no class \"brigth\" | where: target/pictures/unknown/brigth |"
                                    + " do:    did you mean \"bright\"? Valid: dark, bright",
                            "astray(): A file lies beside the class folders, so it has no class | where:"
                                    + " target/pictures/astray/b.png | do:    put it into the folder of its class, or"
                                    + " elsewhere",
                            "foreign(): Expected a picture (JPEG, PNG, BMP, GIF, WebP, TIFF, PPM/PGM), but it holds"
                                + " text | where: target/pictures/foreign/dark/notes.txt | do:    convert it to PNG or"
                                + " JPEG, or leave it out",
                            "empty(): There are no pictures to measure on | where: target/pictures/empty | do:    put"
                                + " a folder of pictures there for each class, or lines with a file and its class into"
                                + " the table",
                            "absent(): There are no pictures to measure on: there is no such folder or table | where:"
                                    + " target/pictures/absent | do:    name one that is there, …",
                            "wrong(): There is no picture \"few/dark/c.png\" | where: target/pictures/wrong.csv, line"
                                    + " 3 | do:    write paths …",
                            "headless(): Expected one column \"file\", found none in: few/dark/a.png, dark | where:"
                                + " target/pictures/headless.csv, line 1 | do:    name the columns in the first line:"
                                + " file,class",
                            "percent(): Expected a floor from 0 to 1, found 98.0 | where: @AccuracyFloor | do:   "
                                    + " write 98 % as 0.98");
        }
    }

    @Nested
    @DisplayName("with a ceiling for latency")
    class Ceiling {

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Missed {
            @LatencyCeiling(p50Millis = 1e-6, p99Millis = 60_000, warmUp = 10, runs = 100, threads = 2)
            void is_quick() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Kept {
            @LatencyCeiling(p99Millis = 60_000, warmUp = 10, runs = 100, picture = FEW + "/dark/a.png")
            void is_quick() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class TooFewRuns {
            @LatencyCeiling(p99Millis = 60_000, runs = 99)
            void is_quick() {}
        }

        @ModelUnderTest(ExampleModels.WITHOUT_GOLDEN)
        static class WithoutPictures {
            @LatencyCeiling(p50Millis = 60_000)
            void is_quick() {}
        }

        @Test
        void say_what_was_measured_and_how_often() {
            assertThat(failure(Missed.class))
                    .matches("(?s)Expected p50 of at most 1\\.0E-6 ms and p99 of at most 60000\\.000 ms, found p50"
                            + " [0-9.]+ ms, p90 [0-9.]+ ms, p99 [0-9.]+ ms, longest [0-9.]+ ms\\.\n"
                            + "  where: model target/models/brightness\\.fovea, its golden pictures, 100 runs"
                            + " after 10 of warm-up, 2 threads, [0-9]+ processors\n"
                            + "  do:    measure again .*");
        }

        @Test
        void pass_below_it() {
            assertThat(told(Kept.class, "latency")).contains("100 runs after 10 of warm-up, 1 thread");
        }

        @Test
        void refuse_runs_that_show_no_percentile() {
            assertThat(failure(TooFewRuns.class)).startsWith("Expected at least 100 runs, found 99");
        }

        @Test
        void ask_for_a_picture_where_the_model_has_none() {
            assertThat(failure(WithoutPictures.class)).startsWith("The model carries no golden pictures");
        }
    }

    @Nested
    @DisplayName("that look for a leak")
    class Leak {

        /** Keeps 5,000 bytes that no collector sees. */
        static final class Keeping implements ModelUse {
            @Override
            public void use(Decoder decoder, byte[] picture) {
                Pointer.memset(Pointer.malloc(5_000), 1, 5_000);
            }
        }

        static final class Failing implements ModelUse {
            @Override
            public void use(Decoder decoder, byte[] picture) {
                throw new IllegalStateException("not today");
            }
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Leaking {
            @NoNativeLeak(use = Keeping.class, calls = 200, rounds = 8)
            void keeps_nothing() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Tight {
            @NoNativeLeak(calls = 1000)
            void keeps_nothing() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class Broken {
            @NoNativeLeak(use = Failing.class)
            void keeps_nothing() {}
        }

        @ModelUnderTest(ExampleModels.CLASSIFIER)
        static class TooFewRounds {
            @NoNativeLeak(rounds = 5)
            void keeps_nothing() {}
        }

        @Test
        void fail_for_a_use_that_keeps_memory() {
            String failure = failure(Leaking.class);
            assertThat(failure)
                    .matches("(?s)Expected resident memory to grow by at most 64 bytes per call, found"
                            + " [45][0-9]{3}\\.[0-9] bytes per call, interval [45][0-9]{3}\\.[0-9] to"
                            + " [0-9]{4}\\.[0-9], from 8 rounds of 200 calls\\.\n"
                            + ".*")
                    .contains("use " + Keeping.class.getName());
        }

        @Test
        void pass_for_a_model_that_answers() {
            assertThat(told(Tight.class, "native memory")).contains("from 12 rounds of 1000 calls");
        }

        @Test
        void fail_with_what_ended_the_other_process() {
            assertThat(failure(Broken.class)).contains("ended with 1").contains("not today");
        }

        @Test
        void refuse_rounds_without_an_interval() {
            assertThat(failure(TooFewRounds.class)).contains("rounds of 6");
        }
    }
}
