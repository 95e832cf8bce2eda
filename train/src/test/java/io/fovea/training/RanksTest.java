package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.RunFinished;
import io.fovea.event.TrainingEvent.StepFinished;
import io.fovea.problem.Problem;
import io.fovea.tensor.Rendezvous;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rank is a process of its own. */
@DisplayName("Ranks that train together")
class RanksTest {

    /** How long ranks wait for each other where none is lost. */
    private static final Duration LONG = Duration.ofSeconds(300);

    @TempDir
    static Path folder;

    static final Map<RankFixture, Path> DATASETS = new EnumMap<>(RankFixture.class);

    @BeforeAll
    static void import_pictures() {
        Path digits = RankFixture.VECTOR.dataset(folder);
        for (RankFixture fixture : RankFixture.values()) DATASETS.put(fixture, digits);
        DATASETS.put(RankFixture.MASKS, RankFixture.MASKS.dataset(folder));
    }

    /** Processes that have trained to the end and wait for another team: to start one takes longer than what it trains here. */
    private static final Deque<RankProcess> WAITING = new ArrayDeque<>();

    @AfterAll
    static void end_processes() {
        WAITING.forEach(RankProcess::end);
        WAITING.clear();
    }

    /** A process of {@link RankProgram}. */
    private static final class RankProcess {

        private final Process process;
        private final BufferedReader reader;
        private final List<String> said = new ArrayList<>();
        private boolean isOver;

        private RankProcess() throws IOException {
            process = RankProgram.command().start();
            reader = process.inputReader();
        }

        static RankProcess training(String line) throws IOException {
            RankProcess one = WAITING.isEmpty() ? new RankProcess() : WAITING.removeFirst();
            one.said.clear();
            one.isOver = false;
            Writer lines = one.process.outputWriter();
            lines.write(line + "\n");
            lines.flush();
            return one;
        }

        /** Reads what it says until it says this. */
        void await(String line) throws IOException {
            for (String next = read(); next != null; next = read()) if (next.equals(line)) return;
            throw new AssertionError("A rank has not said \"" + line + "\" but " + said);
        }

        private String read() throws IOException {
            String line = reader.readLine();
            if (RankProgram.OVER.equals(line)) isOver = true;
            if (line == null || isOver) return null;
            said.add(line);
            return line;
        }

        /** Waits until it is done and returns what it said last. */
        String last() throws IOException {
            while (!isOver && read() != null) {}
            return said.isEmpty() ? "nothing" : said.getLast();
        }

        boolean hasTrained() {
            return isOver && !said.isEmpty() && List.of("COMPLETED", "STOPPED").contains(said.getLast());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        void end() {
            process.destroyForcibly();
        }
    }

    /** Ranks under way. */
    private static final class Team implements AutoCloseable {

        private final Path run;
        private final Path meeting;
        private final List<RankProcess> processes = new ArrayList<>();

        Team(Path place, String name) throws IOException {
            run = place.resolve("run");
            meeting = Files.createDirectories(place.resolve(name));
        }

        Team with(RankFixture fixture, int rank, int count, Duration patience) throws IOException {
            String line = RankProgram.line(DATASETS.get(fixture), run, meeting, rank, count, fixture, patience);
            processes.add(RankProcess.training(line));
            return this;
        }

        Team all(RankFixture fixture, int count) throws IOException {
            for (int rank = 0; rank < count; rank++) with(fixture, rank, count, LONG);
            return this;
        }

        void make(String file) throws IOException {
            Files.createFile(meeting.resolve(file));
        }

        void await(int process, String line) throws IOException {
            processes.get(process).await(line);
        }

        /** Waits until it is done and returns what a process said last. */
        String last(int process) throws IOException {
            return processes.get(process).last();
        }

        Weights weights(int rank) {
            return Safetensors.read(meeting.resolve("weights-" + rank + ".safetensors"));
        }

        @Override
        public void close() {
            for (RankProcess one : processes) {
                if (one.hasTrained()) WAITING.addLast(one);
                else one.end();
            }
        }
    }

    private static float[] values(Weights weights) {
        List<NamedTensor> tensors = List.copyOf(weights.tensors());
        float[] all = new float
                [tensors.stream().mapToInt(tensor -> tensor.values().length).sum()];
        int at = 0;
        for (NamedTensor tensor : tensors) {
            System.arraycopy(tensor.values(), 0, all, at, tensor.values().length);
            at += tensor.values().length;
        }
        return all;
    }

    /** Of the largest of all, so that numbers near 0 do not count by their own size. */
    private static double relativeDifference(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        double most = 0;
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            most = Math.max(most, Math.abs(values[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return most / largest;
    }

    private static float[] losses(Path run) {
        List<Double> losses = new ArrayList<>();
        for (TrainingEvent event : Trainer.events(run)) {
            if (event instanceof StepFinished step) losses.add(step.loss());
            if (event instanceof EpochFinished epoch)
                losses.add(epoch.validationLoss().getAsDouble());
        }
        float[] values = new float[losses.size()];
        for (int i = 0; i < values.length; i++) values[i] = losses.get(i).floatValue();
        return values;
    }

    @Nested
    @DisplayName("beside one process")
    class BesideOneProcess {

        @ParameterizedTest
        @CsvSource({"VECTOR, 2", "LIBTORCH, 3", "WEIGHTED, 3", "MASKS, 2"})
        void come_to_the_same_losses_measures_and_weights(RankFixture fixture, int count, @TempDir Path place)
                throws IOException, InterruptedException {
            Path alone = place.resolve("alone");
            Weights expected;
            try (Dataset dataset = Dataset.open(DATASETS.get(fixture))) {
                expected = new Trainer(
                                dataset, fixture.network(), fixture.settings(), alone, event -> {}, new StopSignal())
                        .run()
                        .weights();
            }
            try (Team team = new Team(place, "together").all(fixture, count)) {
                team.make("go");
                for (int rank = 0; rank < count; rank++)
                    assertThat(team.last(rank)).isEqualTo("COMPLETED");
                for (int rank = 1; rank < count; rank++)
                    assertThat(values(team.weights(rank))).isEqualTo(values(team.weights(0)));
                double weights = relativeDifference(values(team.weights(0)), values(expected));
                double losses = relativeDifference(losses(team.run), losses(alone));
                assertThat(losses).isLessThan(1e-5);
                assertThat(weights).isLessThan(1e-4);
            }
            assertThat(measures(place.resolve("run"))).isEqualTo(measures(alone));
        }

        private static List<Object> measures(Path run) {
            List<Object> told = new ArrayList<>();
            for (TrainingEvent event : Trainer.events(run)) {
                if (event instanceof EpochFinished epoch)
                    told.add(List.of(epoch.epoch(), epoch.step(), epoch.validation()));
            }
            return told;
        }
    }

    @Nested
    @DisplayName("with what each computes for itself")
    class WithTheirOwn {

        @Test
        void batch_norms_dropout_and_mean_weights_hold_the_same_bits(@TempDir Path place)
                throws IOException, InterruptedException {
            try (Team team = new Team(place, "together").all(RankFixture.NORMED, 2)) {
                team.make("go");
                for (int rank = 0; rank < 2; rank++) assertThat(team.last(rank)).isEqualTo("COMPLETED");
                assertThat(values(team.weights(1))).isEqualTo(values(team.weights(0)));
                assertThat(remarks(team.run)).contains("2 ranks train together", "8 pictures each", "Dropout draws");
                List<Double> losses = Trainer.events(team.run).stream()
                        .filter(EpochFinished.class::isInstance)
                        .map(event -> ((EpochFinished) event).trainLoss())
                        .toList();
                assertThat(losses.getLast()).isLessThan(losses.getFirst());
            }
        }

        @Test
        void the_engine_is_one_for_all_and_not_measured(@TempDir Path place) throws IOException, InterruptedException {
            try (Team team = new Team(place, "together").all(RankFixture.AUTOMATIC, 2)) {
                team.make("go");
                for (int rank = 0; rank < 2; rank++) assertThat(team.last(rank)).isEqualTo("COMPLETED");
                assertThat(remarks(team.run)).contains("Computed by the vector kernels on every rank", "not measured");
            }
        }

        private static String remarks(Path run) {
            return String.join("\n", Trainer.remarks(run));
        }
    }

    @Nested
    @DisplayName("of which one asks for a stop")
    class Stopped {

        @ParameterizedTest
        @CsvSource({"VECTOR", "NORMED"})
        void stop_after_the_same_step_and_go_on_to_the_bits_of_an_undisturbed_run(
                RankFixture fixture, @TempDir Path place) throws IOException, InterruptedException {
            Weights expected;
            try (Team undisturbed = new Team(place.resolve("undisturbed"), "together").all(fixture, 2)) {
                undisturbed.make("go");
                assertThat(undisturbed.last(0)).isEqualTo("COMPLETED");
                assertThat(undisturbed.last(1)).isEqualTo("COMPLETED");
                expected = undisturbed.weights(0);
            }
            try (Team team = new Team(place, "before").all(fixture, 2)) {
                team.await(0, "step 20");
                team.make("stop-1");
                team.await(1, "asked");
                team.make("go");
                assertThat(team.last(0)).isEqualTo("STOPPED");
                assertThat(team.last(1)).isEqualTo("STOPPED");
                assertThat(values(team.weights(1))).isEqualTo(values(team.weights(0)));
                RunFinished finished = (RunFinished) Trainer.events(team.run).getLast();
                assertThat(finished.steps()).isBetween(20L, 22L);
            }
            try (Team team = new Team(place, "after").all(fixture, 2)) {
                assertThat(team.last(0)).isEqualTo("COMPLETED");
                assertThat(team.last(1)).isEqualTo("COMPLETED");
                for (int rank = 0; rank < 2; rank++)
                    assertThat(values(team.weights(rank))).isEqualTo(values(expected));
            }
        }
    }

    @Nested
    @DisplayName("of which one is gone")
    class Gone {

        @ParameterizedTest
        @CsvSource({"LIBTORCH, 0", "VECTOR, 2"})
        void end_with_a_problem_where_it_was_killed(RankFixture fixture, int killed, @TempDir Path place)
                throws IOException, InterruptedException {
            try (Team team = new Team(place, "together").all(fixture, 3)) {
                team.await(0, "step 20");
                team.processes.get(killed).kill();
                team.make("go");
                for (int rank = 0; rank < 3; rank++) {
                    if (rank != killed)
                        assertThat(team.last(rank)).contains("lost each other", "rank " + rank + " of 3");
                }
            }
        }

        @Test
        void end_with_a_problem_where_it_says_nothing_for_too_long(@TempDir Path place)
                throws IOException, InterruptedException {
            Duration shortly = Duration.ofSeconds(20);
            try (Team sending = new Team(place.resolve("sending"), "together");
                    Team sharing = new Team(place.resolve("sharing"), "together")) {
                for (int rank = 0; rank < 2; rank++) {
                    sending.with(RankFixture.LIBTORCH, rank, 2, shortly);
                    sharing.with(RankFixture.VECTOR, rank, 2, shortly);
                }
                sending.await(0, "step 20");
                sharing.await(0, "step 20");
                assertThat(sending.last(1)).contains("lost each other", "for 20 s at most");
                assertThat(sharing.last(1)).contains("lost each other", "for 20 s at most");
            }
        }
    }

    @Nested
    @DisplayName("that do not belong together")
    class Refused {

        @Test
        void are_told_which_has_other_settings(@TempDir Path place) throws IOException, InterruptedException {
            try (Team team = new Team(place, "together")) {
                team.with(RankFixture.VECTOR, 0, 2, LONG).with(RankFixture.OTHER_SEED, 1, 2, LONG);
                for (int rank = 0; rank < 2; rank++)
                    assertThat(team.last(rank)).contains("Rank 1 has another dataset, network or settings than rank 0");
            }
        }

        @Test
        void leave_one_that_has_the_number_of_another(@TempDir Path place) throws IOException, InterruptedException {
            try (Team team = new Team(place, "together")) {
                team.with(RankFixture.VECTOR, 1, 2, LONG).with(RankFixture.VECTOR, 1, 2, LONG);
                team.with(RankFixture.VECTOR, 0, 2, LONG);
                team.make("go");
                assertThat(List.of(team.last(0), team.last(1), team.last(2)))
                        .filteredOn(line -> line.contains("Another process is rank 1 already"))
                        .hasSize(1);
                assertThat(team.last(2)).isEqualTo("COMPLETED");
            }
        }

        @Test
        void have_numbers_that_cannot_be() {
            assertThatThrownBy(() -> Rendezvous.open("localhost", 1)).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> Rendezvous.join("localhost:4242", 2, 2)).hasMessageContaining("no rank 2 of 2");
            assertThatThrownBy(() -> Rendezvous.join("localhost:4242", -1, 2)).hasMessageContaining("no rank -1 of 2");
            assertThatThrownBy(() -> Rendezvous.join("localhost:4242", 0, 2)).hasMessageContaining("Rank 0");
            assertThatThrownBy(() -> Rendezvous.join("localhost", 1, 2)).hasMessageContaining("host and a port");
        }

        @Test
        void are_of_another_count_than_rank_0_awaits() {
            try (Rendezvous meeting = Rendezvous.open("localhost", 3, LONG)) {
                assertThatThrownBy(() -> Rendezvous.join(meeting.address(), 1, 2, LONG))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("awaits 3 ranks, but this one is of 2");
            }
        }

        @Test
        void find_nobody_at_the_address() {
            assertThatThrownBy(() -> Rendezvous.join("localhost:1", 1, 2, Duration.ofSeconds(1)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Rank 0 cannot be reached");
        }
    }
}
