package io.fovea.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.file.FolderBounds;
import io.fovea.problem.Problem;
import io.fovea.queue.Program;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Workers")
class WorkersTest {

    @TempDir
    Path folder;

    private Workers workers;

    @BeforeEach
    void one_worker() {
        workers = workers(1, Duration.ofSeconds(60));
    }

    @AfterEach
    void ends() {
        workers.close();
    }

    private Workers workers(int processes, Duration deadline) {
        return new Workers(
                "the test",
                ExampleWorker.class,
                folder.resolve("output.txt"),
                ExampleWorker.limits(processes, deadline),
                FolderBounds.ofThisProcess());
    }

    private static Question question(String what) {
        return new Question(what, what, Map.of(), "hello".getBytes(StandardCharsets.UTF_8));
    }

    private String ask(String what) {
        return new String(workers.ask(question(what)).bytes(), StandardCharsets.UTF_8);
    }

    private Problem unanswered(String what) {
        return catchThrowableOfType(Unanswered.class, () -> ask(what)).problem();
    }

    @Test
    void answer_one_question_after_the_other_in_the_same_process() {
        assertThat(ask("echo")).isEqualTo("hello");
        assertThat(ask("pid")).isEqualTo(ask("pid"));
    }

    @Test
    void carry_large_bytes_both_ways() {
        byte[] large = new byte[12 << 20];
        large[large.length - 1] = 7;
        assertThat(workers.ask(new Question("echo", "", Map.of(), large)).bytes())
                .isEqualTo(large);
    }

    @Test
    void hand_on_problems_and_failures_and_go_on() {
        String process = ask("pid");
        assertThatThrownBy(() -> ask("problem")).isInstanceOf(Problem.class).hasMessageContaining("It is wrong.");
        assertThatThrownBy(() -> ask("failure"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("IllegalStateException: lost");
        assertThatThrownBy(() -> ask("nothing")).isInstanceOf(Problem.class);
        assertThat(ask("pid")).isEqualTo(process);
    }

    @Test
    void are_not_confused_by_what_is_printed() {
        assertThat(ask("print")).isEqualTo("hello");
        assertThat(folder.resolve("output.txt")).content().contains("words that are no answer", "more of them");
    }

    @Test
    void that_end_in_the_middle_fail_that_answer_only() {
        String process = ask("pid");
        Problem problem = unanswered("halt");
        assertThat(problem.what()).isEqualTo("The process that was to answer ended in the middle (exit status 7).");
        assertThat(problem.remedy()).startsWith("ask again");
        assertThat(ask("pid")).isNotEqualTo(process);
    }

    @Test
    void that_are_killed_in_the_middle_fail_that_answer_only() throws Exception {
        long process = Long.parseLong(ask("pid"));
        CompletableFuture<Problem> asked = CompletableFuture.supplyAsync(() -> unanswered("sleep"));
        Thread.sleep(300);
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
        assertThat(asked.get().what()).contains("ended in the middle (signal 9)");
        assertThat(ask("echo")).isEqualTo("hello");
    }

    @Test
    void that_are_killed_between_questions_are_not_missed() throws Exception {
        ProcessHandle process = ProcessHandle.of(Long.parseLong(ask("pid"))).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        assertThat(ask("echo")).isEqualTo("hello");
    }

    @Test
    void whose_question_does_not_fit_into_memory_fail_that_answer_only() {
        byte[] huge = new byte[100 << 20];
        assertThatThrownBy(() -> workers.ask(new Question("echo", "", Map.of(), huge)))
                .isInstanceOf(Unanswered.class)
                .hasMessageContaining("ended in the middle");
        assertThat(ask("echo")).isEqualTo("hello");
    }

    @Test
    void are_started_ahead_also_after_one_ended() throws Exception {
        workers.warm(question("echo"), Duration.ofMillis(1));
        for (int i = 0; i < 200 && children().isEmpty(); i++) Thread.sleep(50);
        assertThat(children()).isNotEmpty();
        ProcessHandle first = ProcessHandle.of(Long.parseLong(ask("pid"))).orElseThrow();
        unanswered("halt");
        first.onExit().get();
        for (int i = 0; i < 200 && children().isEmpty(); i++) Thread.sleep(50);
        assertThat(children()).hasSize(1).doesNotContain(first);
    }

    @Test
    void that_take_longer_than_they_may_are_ended() {
        try (Workers hurried = workers(1, Duration.ofSeconds(8))) {
            assertThatThrownBy(() -> hurried.ask(question("sleep")))
                    .isInstanceOf(Unanswered.class)
                    .hasMessageContaining("took longer than 8 seconds");
            assertThat(hurried.ask(question("echo")).bytes()).hasSize(5);
        }
    }

    @Test
    void that_need_more_memory_than_they_may_fail_that_answer_only() {
        assertThatThrownBy(() -> ask("heap")).hasMessageContaining("not enough memory");
        assertThat(ask("echo")).isEqualTo("hello");
        assertThatThrownBy(() -> ask("native")).isInstanceOfAny(Problem.class, Unanswered.class);
        assertThat(ask("echo")).isEqualTo("hello");
    }

    @Test
    void answer_while_another_one_is_busy_up_to_their_number_and_then_one_after_the_other() throws Exception {
        Workers two = workers(2, Duration.ofSeconds(60));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> busy = CompletableFuture.runAsync(
                    () -> {
                        try {
                            two.ask(question("sleep"));
                        } catch (Unanswered expected) {
                            // it is ended below
                        }
                    },
                    threads);
            Thread.sleep(300);
            List<CompletableFuture<Answer>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                asked.add(CompletableFuture.supplyAsync(() -> two.ask(question("pid")), threads));
            List<String> processes = new ArrayList<>();
            for (CompletableFuture<Answer> each : asked)
                processes.add(new String(each.get().bytes(), StandardCharsets.UTF_8));
            assertThat(processes).containsOnly(processes.getFirst());
            assertThat(busy).isNotDone();
            two.close();
            busy.get();
        }
    }

    @Test
    void are_gone_when_they_are_closed_and_when_the_server_is_killed() throws Exception {
        ask("echo");
        workers.close();
        for (int i = 0; i < 100 && !children().isEmpty(); i++) Thread.sleep(50);
        assertThat(children()).isEmpty();
        assertThat(unanswered("echo").what()).isEqualTo("The workbench ends.");

        List<String> words =
                new ArrayList<>(Program.ofJvm(ExampleWorker.class, List.of()).words());
        words.addAll(List.of("server", folder.toString()));
        Process server = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()))) {
            assertThat(out.readLine()).isEqualTo("ready");
            List<ProcessHandle> left = server.descendants().toList();
            assertThat(left).isNotEmpty();
            Thread.sleep(300); // it sleeps over its question
            server.destroyForcibly();
            for (ProcessHandle each : left) each.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(left).noneMatch(ProcessHandle::isAlive);
        } finally {
            server.destroyForcibly();
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }
}
