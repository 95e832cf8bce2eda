package io.fovea.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.collection.GeneratedDigits;
import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent;
import io.fovea.file.LockFile;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.result.EvaluateResult;
import io.fovea.result.HybridResult;
import io.fovea.result.JobResult;
import io.fovea.result.RecipeResult;
import io.fovea.result.TrainResult;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The jobs of a workspace")
class JobsTest {

    private static final Map<String, Object> SMALL = settings(3);

    @TempDir
    static Path shared;

    private static Path pictures;

    @TempDir
    Path folder;

    private Workspace workspace;
    private Jobs jobs;

    @BeforeAll
    static void drawDigits() {
        pictures = shared.resolve("idx");
        GeneratedDigits.generate(20, 5, 4).write(pictures);
    }

    @BeforeEach
    void importDigits() {
        workspace = Workspace.at(folder.resolve("workspace"));
        jobs = new Jobs(workspace);
        run(imported("digits"));
    }

    private static Map<String, Object> settings(int epochs) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", epochs);
        settings.put("batchSize", 16);
        settings.put("computation", Map.of("engine", "vector", "threads", 1));
        return settings;
    }

    private static Job.Import imported(String name) {
        return new Job.Import(
                name,
                List.of(pictures.toString()),
                Map.of("preparation", Map.of("height", 28, "width", 28), "threads", 1),
                false);
    }

    private static Job.Train training(int epochs) {
        return Job.Train.of("digits", "lenet").with(settings(epochs));
    }

    private Optional<JobResult> run(Job job) {
        return run(job, EventListener.NOBODY);
    }

    private Optional<JobResult> run(Job job, EventListener listener) {
        return jobs.begin(JobYaml.Order.of(job), Jobs.Going.ON).run(listener, new StopSignal());
    }

    /** Stops a job after an epoch. */
    private void stopAfterEpoch(Job job) {
        StopSignal stop = new StopSignal();
        Optional<JobResult> result = jobs.begin(JobYaml.Order.of(job), Jobs.Going.ON)
                .run(
                        event -> {
                            if (event instanceof TrainingEvent.EpochFinished) stop.request();
                        },
                        stop);
        assertThat(result).isEmpty();
    }

    @Test
    void leave_a_folder_with_all_that_was_asked_for_happened_and_came_out() throws IOException {
        List<Event> heard = new ArrayList<>();

        JobResult result = run(training(2), heard::add).orElseThrow();

        Path run = workspace.run("digits-lenet-1");
        assertThat(heard).isEqualTo(EventLog.read(run.resolve("events.jsonl")));
        assertThat(heard)
                .extracting(Event::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, heard.size()).boxed().toList());
        assertThat(heard.getFirst()).isInstanceOf(JobEvent.JobBegan.class);
        assertThat(heard.getLast()).isInstanceOfSatisfying(JobEvent.JobEnded.class, end -> assertThat(end.ending())
                .isEqualTo(JobEvent.Ending.DONE));
        assertThat(JobYaml.read(run.resolve("job.yaml")).job()).isInstanceOf(Job.Train.class);
        assertThat(jobs.result("digits-lenet-1").get("bundle"))
                .isEqualTo(((TrainResult) result).export().path().toString());
        assertThat(Files.readString(run.resolve("log.txt"))).contains("epoch 2/2", "done");
        assertThat(jobs.show("digits-lenet-1").state()).isEqualTo(JobState.DONE);
    }

    @Test
    void go_on_with_the_seed_that_was_drawn_when_the_same_job_was_stopped() {
        stopAfterEpoch(training(4));
        assertThat(jobs.show("digits-lenet-1").state()).isEqualTo(JobState.STOPPED);
        List<Event> before = jobs.events("digits-lenet-1", 0);

        TrainResult result = (TrainResult) run(training(4)).orElseThrow();

        List<Event> after = jobs.events("digits-lenet-1", 0);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after).extracting(Event::number).doesNotHaveDuplicates().isSorted();
        assertThat(result.training().epochs()).isEqualTo(4);
        assertThat(jobs.list()).extracting(JobStatus::id).containsExactly("import-digits-1", "digits-lenet-1");
    }

    @Test
    void begin_another_one_where_it_is_asked_to_or_the_words_or_the_pictures_differ() {
        stopAfterEpoch(training(4));
        try (Jobs.Run anew = jobs.begin(JobYaml.Order.of(training(4)), Jobs.Going.ANEW)) {
            assertThat(anew.id()).isEqualTo("digits-lenet-2");
        }
        try (Jobs.Run longer = jobs.begin(JobYaml.Order.of(training(5)), Jobs.Going.ON)) {
            assertThat(longer.id()).isEqualTo("digits-lenet-3");
        }
        GeneratedDigits.generate(21, 5, 9).write(folder.resolve("others"));
        run(new Job.Import(
                "digits",
                List.of(folder.resolve("others").toString()),
                Map.of("preparation", Map.of("height", 28, "width", 28)),
                true));
        try (Jobs.Run others = jobs.begin(JobYaml.Order.of(training(4)), Jobs.Going.ON)) {
            assertThat(others.id()).isNotEqualTo("digits-lenet-1");
        }
    }

    @Test
    void are_not_done_twice_at_once() {
        try (Jobs.Run held = jobs.begin(JobYaml.Order.of(training(2)), Jobs.Going.ON)) {
            assertThat(jobs.show(held.id()).state()).isEqualTo(JobState.QUEUED);
            assertThatThrownBy(() -> jobs.begin(JobYaml.Order.of(training(2)), Jobs.Going.ON))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).contains("is being done by another process");
                        assertThat(problem.remedy()).contains("fovea job stop digits-lenet-1", "--anew");
                    });
            assertThat(LockFile.isHeld(held.folder().resolve("run.lock"))).isTrue(); // looking has not given it up
        }
    }

    @Test
    void stop_where_that_was_asked_for_before_their_work_began() {
        Jobs.Run begun = jobs.begin(JobYaml.Order.of(training(2)), Jobs.Going.ON);
        assertThat(jobs.stop(begun.id())).isTrue();
        assertThat(begun.run(EventListener.NOBODY, new StopSignal())).isEmpty();
        assertThat(jobs.show(begun.id()).state()).isEqualTo(JobState.STOPPED);
        assertThat(jobs.again(begun.id()).run(EventListener.NOBODY, new StopSignal()))
                .isPresent();
    }

    @Test
    void stop_where_another_process_asks_them_to() {
        EventListener asks = event -> {
            if (event instanceof TrainingEvent.RunStarted) jobs.stop("digits-lenet-1");
        };

        assertThat(run(training(200), asks)).isEmpty();

        assertThat(jobs.show("digits-lenet-1").state()).isEqualTo(JobState.STOPPED);
        assertThat(jobs.stop("digits-lenet-1")).isFalse();
    }

    @Test
    void tell_why_one_failed_and_try_it_again() throws IOException {
        Job diverging = training(3)
                .with(Map.of(
                        "epochs",
                        3,
                        "batchSize",
                        16,
                        "step",
                        Map.of("learningRate", 1e30),
                        "computation",
                        Map.of("engine", "vector", "threads", 1)));
        assertThatThrownBy(() -> run(diverging)).isInstanceOf(Problem.class);

        JobStatus failed = jobs.show("digits-lenet-1");
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.problem().orElseThrow().what()).contains("no longer a number");
        assertThat(Files.readString(failed.folder().resolve("log.txt"))).contains("failed", "no longer a number");
        try (Jobs.Run again = jobs.again("digits-lenet-1")) {
            assertThat(again.job()).isInstanceOf(Job.Train.class);
        }
    }

    @Test
    void leave_nothing_behind_of_one_that_cannot_be_done() {
        assertThatThrownBy(() -> run(Job.Train.of("digts", "lenet")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.remedy()).contains("digits"));
        assertThatThrownBy(() -> run(Job.Train.of("digits", "lenett"))).isInstanceOf(Problem.class);

        assertThat(jobs.list()).extracting(JobStatus::id).containsExactly("import-digits-1");
    }

    @Test
    void wait_for_another_that_is_still_going_on() throws InterruptedException {
        Job.Train later = Job.Train.of("more", "lenet").with(SMALL);
        try (Jobs.Run first = jobs.begin(JobYaml.Order.of(imported("more")), Jobs.Going.ON)) {
            Jobs.Run waiting = jobs.begin(new JobYaml.Order(later, List.of("import-more")), Jobs.Going.ON);
            List<Optional<JobResult>> results = new ArrayList<>();
            Thread thread =
                    Thread.ofPlatform().start(() -> results.add(waiting.run(EventListener.NOBODY, new StopSignal())));
            assertThat(jobs.show(waiting.id()).state()).isEqualTo(JobState.QUEUED);

            first.run(EventListener.NOBODY, new StopSignal());
            thread.join();

            assertThat(results.getFirst()).isPresent();
        }
    }

    @Test
    void do_not_wait_for_one_that_has_failed_or_that_there_is_not() throws IOException {
        stopAfterEpoch(training(4));
        JobYaml.Order after = new JobYaml.Order(training(2), List.of("digits-lenet-1"));
        assertThatThrownBy(() -> jobs.begin(after, Jobs.Going.ON).run(EventListener.NOBODY, new StopSignal()))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what()).contains("waits for digits-lenet-1", "been stopped");
                    assertThat(problem.remedy()).contains("fovea job run digits-lenet-1");
                });
        JobYaml.Order nobody = new JobYaml.Order(training(2), List.of("import-digts"));
        assertThatThrownBy(() -> jobs.begin(nobody, Jobs.Going.ON))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.remedy()).contains("import-digits-1"));
    }

    @Test
    void of_earlier_versions_are_listed_and_cannot_be_gone_on_with() throws IOException {
        Path old = Files.createDirectories(workspace.run("old-1"));
        Files.writeString(old.resolve("events.jsonl"), """
            {"event":"remarked","number":1,"at":"2026-01-31T12:00:00Z","remark":"long ago"}
            {"event":"rem\
            """);

        assertThat(jobs.show("old-1").state()).isEqualTo(JobState.STOPPED);
        assertThat(jobs.show("old-1").events()).isEqualTo(1);
        assertThatThrownBy(() -> jobs.again("old-1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.what()).contains("earlier version"));
    }

    @ParameterizedTest
    @CsvSource({
        "job.yaml, 'kind: ['",
        "job.yaml, 'kind: dance'",
        "job.yaml, \u0000\u0001\u0002",
        "events.jsonl, '{\"event\":'",
        "events.jsonl, 'null'",
        "events.jsonl, ''",
        "events.jsonl, \u0000\u0001\u0002"
    })
    void one_whose_files_are_damaged_says_so_and_hides_no_other(String file, String content) throws IOException {
        stopAfterEpoch(training(3));
        Path damaged = workspace.run("digits-lenet-1").resolve(file);
        Files.writeString(damaged, content + "\n");
        assertThat(jobs.list()).extracting(JobStatus::state).containsExactlyInAnyOrder(JobState.DONE, JobState.DAMAGED);
        JobStatus status = jobs.show("digits-lenet-1");
        assertThat(status.problem().orElseThrow().where()).contains(damaged.toString());
        assertThat(JobPage.lines(jobs, status)).anyMatch(line -> line.contains(damaged.toString()));
        assertThatThrownBy(() -> jobs.again("digits-lenet-1").run(EventListener.NOBODY, new StopSignal()))
                .isInstanceOf(Problem.class);
    }

    @Test
    void one_that_is_done_stays_done_where_its_files_are_damaged() throws IOException {
        Files.writeString(workspace.run("import-digits-1").resolve("job.yaml"), "kind: [");
        JobStatus status = jobs.show("import-digits-1");
        assertThat(status.state()).isEqualTo(JobState.DONE);
        assertThat(status.kind()).isEqualTo("unknown");
        assertThat(status.problem().orElseThrow().what()).contains("not YAML");
    }

    @Test
    void are_done_in_a_line_each_by_a_program() {
        Jobs here = new Jobs(workspace);
        here.run(Job.Train.of("digits", "lenet")
                .named("tiny")
                .set("epochs", 2)
                .set("seed", 1)
                .set("computation", Map.of("engine", "vector", "threads", 1)));
        EvaluateResult judged = (EvaluateResult) here.run(Job.Evaluate.of("tiny", "digits"));

        assertThat(judged.verdict().measures().getFirst().name()).isEqualTo("accuracy");
        assertThat(workspace.run("evaluate-tiny-digits-1").resolve("confusion.csv"))
                .isRegularFile();
    }

    @Test
    void of_a_hybrid_tell_its_generations_and_its_filters() {
        List<Event> heard = new ArrayList<>();
        Job.Hybrid hybrid = JobYaml.read("""
            kind: hybrid
            data: digits
            generations: 4
            references: prototypes:3
            threads: 1
            """, "hybrid.yaml", folder).job() instanceof Job.Hybrid read ? read : null;

        HybridResult result = (HybridResult) run(hybrid, heard::add).orElseThrow();

        assertThat(result.outcome().generations()).isEqualTo(4);
        assertThat(heard)
                .filteredOn(JobEvent.KernelsChanged.class::isInstance)
                .hasSize(2)
                .allSatisfy(event -> {
                    JobEvent.KernelsChanged changed = (JobEvent.KernelsChanged) event;
                    assertThat(changed.shape()).containsExactly(32, 1, 3, 3);
                    assertThat(changed.weights()).hasSize(32 * 9);
                });
        assertThat(heard).anySatisfy(event -> assertThat(event)
                .isInstanceOfSatisfying(JobEvent.Evolved.class, evolved -> assertThat(evolved.generation())
                        .isEqualTo(4)));
    }

    @Nested
    @DisplayName("in a recipe")
    class InRecipe {

        @Test
        void are_done_one_after_the_other_and_not_again() {
            Job.Recipe recipe = new Job.Recipe("both", List.of(imported("more"), training(4)));
            StopSignal stop = new StopSignal();
            EventListener stopping = new EventListener() {
                @Override
                public void on(Event event) {}

                @Override
                public EventListener part(String name) {
                    return event -> {
                        if (event instanceof TrainingEvent.EpochFinished) stop.request();
                    };
                }
            };
            assertThat(jobs.begin(JobYaml.Order.of(recipe), Jobs.Going.ON).run(stopping, stop))
                    .isEmpty();

            RecipeResult result = (RecipeResult) run(recipe).orElseThrow();

            assertThat(result.jobs())
                    .extracting(RecipeResult.Part::id)
                    .containsExactly("import-more-1", "digits-lenet-1");
            assertThat(jobs.list())
                    .extracting(JobStatus::id)
                    .containsExactlyInAnyOrder("import-digits-1", "both-1", "import-more-1", "digits-lenet-1");
        }
    }
}
