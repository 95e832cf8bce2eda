package io.fovea.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.bundle.Bundle;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.JobEvent;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.predict.Classifier;
import io.fovea.problem.Problem;
import io.fovea.result.EvaluateResult;
import io.fovea.result.JobResult;
import io.fovea.result.LadderResult;
import io.fovea.result.Rung;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A job ladder")
class LadderJobTest {

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static LadderResult made;

    @BeforeAll
    static void train_a_network_and_make_it_smaller() {
        workspace = Workspace.at(folder.resolve("workspace"));
        GeneratedDigits.generate(6, 5, 4).write(folder.resolve("idx"));
        imported("digits", "idx", 28, "grey");
        trained("lenet");
        trained("perceptron");
        made = (LadderResult) run(ladder("digits-lenet", "pruned", "int8"));
    }

    private static void imported(String name, String idx, int size, String color) {
        run(new Job.Import(
                name,
                List.of(folder.resolve(idx).toString()),
                Map.of(
                        "preparation", Map.of("height", size, "width", size, "colorMode", color),
                        "threads", 1,
                        "minimumPerClass", 1),
                false));
    }

    private static void trained(String network) {
        run(Job.Train.of("digits", network)
                .with(Map.of(
                        "epochs",
                        3,
                        "batchSize",
                        16,
                        "seed",
                        1,
                        "computation",
                        Map.of("engine", "vector", "threads", 1))));
    }

    private static JobResult run(Job job) {
        return run(job, EventListener.NOBODY, new StopSignal()).orElseThrow();
    }

    private static Optional<JobResult> run(Job job, EventListener listener, StopSignal stop) {
        return new Jobs(workspace).begin(JobYaml.Order.of(job), Jobs.Going.ON).run(listener, stop);
    }

    private static Job.Ladder ladder(String model, String... rungs) {
        return new Job.Ladder(
                model, "digits", Optional.empty(), List.of(rungs), List.of(0.5), Optional.of(2), Optional.of(3L));
    }

    private static Rung rung(LadderResult ladder, String word) {
        return ladder.steps().stream()
                .map(LadderResult.Step::rung)
                .filter(rung -> rung.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static void isRefused(ThrowingCallable asking, String words) {
        assertThatThrownBy(asking).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                .contains(words));
    }

    @Test
    void has_a_rung_for_every_way_and_whole_numbers_of_each() {
        assertThat(made.missing()).isEmpty();
        assertThat(made.steps().stream().map(step -> step.rung().word()))
                .containsExactly("original", "int8", "channels-50", "channels-50-int8");
        assertThat(rung(made, "channels-50").macs())
                .isLessThan(rung(made, "original").macs() / 2);
        assertThat(rung(made, "channels-50-int8").bytes())
                .isLessThan(rung(made, "channels-50").bytes());
        assertThat(made.steps()).allMatch(step -> step.millis() > 0);
    }

    @Test
    void leaves_models_that_can_be_used_and_say_what_they_were_made_of() {
        Bundle pruned = Bundle.open(rung(made, "channels-50").model());

        Map<String, String> settings = pruned.manifest().provenance().settings();
        assertThat(settings)
                .containsEntry("shrunkBy", "channelPruning")
                .containsEntry("keptChannels", "0.5")
                .containsEntry("shrunkFrom", "digits-lenet")
                .containsKey("settings.yaml");
        assertThat(pruned.manifest().provenance().seed()).isEqualTo(3);
        for (LadderResult.Step step : made.steps()) {
            try (Classifier classifier = Classifier.load(step.rung().model())) {
                assertThat(classifier.replay().orElseThrow().pictures()).isPositive();
            }
        }
    }

    @Test
    void tells_of_each_what_an_evaluation_tells() {
        for (String word : List.of("channels-50", "channels-50-int8")) {
            EvaluateResult judged = (EvaluateResult) run(Job.Evaluate.of("digits-lenet-" + word, "digits"));

            Rung rung = rung(made, word);
            assertThat(rung.measure()).isEqualTo(judged.verdict().measures().getFirst());
            Rung.Difference apart = rung.difference().orElseThrow();
            assertThat(apart.gain())
                    .isEqualTo(
                            rung.measure().value()
                                    - rung(made, "original").measure().value(),
                            within(1e-12));
            assertThat(apart.low()).isLessThanOrEqualTo(apart.high());
        }
    }

    @Test
    void leaves_a_table_and_a_chart() throws IOException {
        assertThat(made.folder().resolve("ladder.csv")).content().contains("\"50 % of channels, int8\",");
        assertThat(made.folder().resolve("ladder.svg")).exists();
        assertThat(made.folder().resolve("ladder.png")).exists();
        JsonNode rungs = new ObjectMapper()
                .readTree(made.folder().resolve("result.json").toFile())
                .path("rungs");
        assertThat(rungs.path(1).path("differenceInterval")).hasSize(2);
        for (int i = 0; i < made.steps().size(); i++)
            assertThat(rungs.path(i).path("dominatedBy").asText())
                    .isEqualTo(made.dominating(made.steps().get(i))
                            .map(other -> other.rung().word())
                            .orElse(""));
    }

    @Test
    void goes_on_with_the_rungs_that_are_done() throws Exception {
        Job.Ladder job = ladder("digits-lenet", "pooled");
        StopSignal stop = new StopSignal();
        EventListener impatient = (Event event) -> {
            if (event instanceof JobEvent.StageBegan began && began.stage().equals("global pooling")) stop.request();
        };
        assertThat(run(job, impatient, stop)).isEmpty();
        Path done = workspace.run("digits-lenet-ladder-2").resolve("rungs/original/rung.yaml");
        byte[] before = Files.readAllBytes(done);

        LadderResult result = (LadderResult) run(job);

        assertThat(result.folder().getFileName()).hasToString("digits-lenet-ladder-2");
        assertThat(Files.readAllBytes(done)).isEqualTo(before); // with the seconds that it took
        assertThat(result.steps()).hasSize(2);
        assertThat(rung(result, "pooled").parameters()).isLessThan(30_000);
    }

    @Test
    void names_what_cannot_be_made_of_a_model_with_its_reason() {
        LadderResult result = (LadderResult) run(ladder("digits-perceptron", "pooled", "pruned"));

        assertThat(result.steps()).hasSize(1);
        assertThat(result.missing().stream().map(LadderResult.Missing::name))
                .containsExactly("global pooling", "50 % of channels");
        assertThat(result.missing().getFirst().reason()).contains("no dense layers that read maps");
        assertThat(result.missing().getLast().reason()).contains("no channels between picture and answer");
    }

    @Test
    void leaves_one_model_of_a_rung_that_was_killed_while_it_was_made() throws Exception {
        EventListener killed = during("again", rung -> {
            Files.createDirectories(rung);
            Files.writeString(rung.resolve("draft.fovea"), "of an attempt that was killed");
        });

        LadderResult result =
                (LadderResult) run(named("again"), killed, new StopSignal()).orElseThrow();

        assertThat(workspace.modelVersions("again-channels-50")).containsExactly(1);
        Bundle.open(rung(result, "channels-50").model());
        assertThat(result.folder().resolve("rungs/channels-50/draft.fovea")).doesNotExist();
    }

    @Test
    void ends_with_a_problem_that_has_nothing_to_do_with_the_model() {
        EventListener blocked = during("blocked", rung -> Files.writeString(rung, "in the way of a folder"));

        isRefused(() -> run(named("blocked"), blocked, new StopSignal()), "The folder of a rung cannot be made");
        assertThat(workspace.modelVersions("blocked-channels-50")).isEmpty();
    }

    @Test
    void goes_on_without_a_rung_whose_training_diverges() throws Exception {
        Path hasty = folder.resolve("hasty.fovea");
        Files.copy(workspace.newestModel("digits-lenet").orElseThrow(), hasty);
        try (FileSystem bundle = FileSystems.newFileSystem(hasty)) {
            Path manifest = bundle.getPath("manifest.json");
            String words = Files.readString(manifest);
            Files.writeString(manifest, words.replace("learningRate: 0.01", "learningRate: 1.0E9"));
        }

        LadderResult result = (LadderResult) run(ladder(hasty.toString(), "pruned"));

        assertThat(result.steps()).hasSize(1);
        assertThat(result.missing().getFirst().name()).isEqualTo("50 % of channels");
        assertThat(result.missing().getFirst().reason()).contains("Start again with a lower learning rate");
    }

    private static Job.Ladder named(String name) {
        return new Job.Ladder(
                "digits-lenet",
                "digits",
                Optional.of(name),
                List.of("pruned"),
                List.of(0.5),
                Optional.of(1),
                Optional.of(3L));
    }

    /** What happens to a rung's folder, before anything is made in it. */
    private interface Deed {
        void to(Path rung) throws IOException;
    }

    /** Does something to the folder of the rung with half of the channels once that begins. */
    private static EventListener during(String name, Deed deed) {
        Path rung = workspace.run(name + "-ladder-1").resolve("rungs/channels-50");
        return event -> {
            if (!(event instanceof JobEvent.StageBegan began && began.stage().equals("50 % of channels"))) return;
            try {
                deed.to(rung);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @Test
        void a_model_in_whole_numbers_and_names_the_one_before() {
            isRefused(() -> run(ladder("digits-lenet-int8", "pruned")), "\"digits-lenet\"");
        }

        @Test
        void a_dataset_without_a_test_part() throws Exception {
            GeneratedDigits.generate(20, 1, 4).write(folder.resolve("no-test"));
            for (String part : List.of("images-idx3", "labels-idx1"))
                Files.delete(folder.resolve("no-test/t10k-" + part + "-ubyte.gz"));
            imported("untested", "no-test", 28, "grey");

            isRefused(() -> run(of("untested")), "no test part");
        }

        @Test
        void other_classes_and_pictures_of_another_kind() throws Exception {
            imported("colored", "idx", 28, "color");
            isRefused(() -> run(of("colored")), "28x28 color");
            Path pictures = folder.resolve("two");
            byte grey = 0;
            for (String part : List.of("train", "test")) {
                for (String name : List.of("cat", "dog")) {
                    Path place = Files.createDirectories(pictures.resolve(part).resolve(name));
                    for (int i = 0; i < 3; i++) {
                        byte[] pixels = new byte[28 * 28];
                        Arrays.fill(pixels, 0, 28 * 14, grey += 17);
                        PngWriter.write(new Pixels(28, 28, 1, pixels), place.resolve(i + ".png"));
                    }
                }
            }
            imported("two", "two", 28, "grey");
            isRefused(() -> run(of("two")), "cat");
        }

        @Test
        void shares_rungs_and_epochs_that_there_are_not() {
            isRefused(() -> run(with(List.of("prune"), 0.5, 1)), "pruned");
            isRefused(() -> run(with(List.of(), 1.5, 1)), "below 1, not 1.5");
            isRefused(() -> run(with(List.of(), 0.5, 0)), "epochs must be at least 1");
        }

        private Job.Ladder of(String data) {
            return new Job.Ladder(
                    "digits-lenet",
                    data,
                    Optional.empty(),
                    List.of("pruned"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }

        private Job.Ladder with(List<String> rungs, double keep, int epochs) {
            return new Job.Ladder(
                    "digits-lenet",
                    "digits",
                    Optional.empty(),
                    rungs,
                    List.of(keep),
                    Optional.of(epochs),
                    Optional.empty());
        }
    }
}
