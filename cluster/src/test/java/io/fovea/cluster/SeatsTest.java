package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.remote.RemoteProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One executor of three cores, where a task, and a question, may be lost once. */
@DisplayName("Tasks that stay in an executor of several cores")
class SeatsTest {

    private static final String MOST_LOSSES = "spark.task.maxFailures";

    @TempDir
    static Path folder;

    private static RemoteProcesses processes;

    @BeforeAll
    static void begin() throws IOException {
        for (String place : List.of("all", "first", "second", "third")) Files.createDirectories(folder.resolve(place));
        System.setProperty(MOST_LOSSES, "2");
        processes = RemoteProcesses.Opener.find()
                .orElseThrow()
                .open(new RemoteProcesses.Order(
                        "local-cluster[1,3,512]", "test", TryingProgram.class.getName(), 1, List.of()));
    }

    @AfterAll
    static void end() {
        processes.close();
        System.clearProperty(MOST_LOSSES);
    }

    private static List<String> ask(String... words) {
        List<byte[]> questions = Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        return processes.ask(questions, new RemoteProcesses.Listener() {}, () -> false).stream()
                .map(answer -> new String(answer.orElseThrow(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String dies(String place) {
        return "die " + folder.resolve(place).resolve("executor");
    }

    @Test
    void are_all_gone_with_it_so_that_a_question_is_lost_once() {
        assertThat(ask("double 1", "double 2", "double 3")).containsExactly("2", "4", "6");
        assertThat(ask(dies("all"))).containsExactly("lived");
        assertThat(ask("double 1", "double 2", "double 3")).containsExactly("2", "4", "6");
    }

    @Test
    void begin_again_where_they_were_lost_more_often_than_they_may_but_answers_came() {
        for (String place : List.of("first", "second", "third"))
            assertThat(ask("double 1", dies(place))).containsExactly("2", "lived");
    }
}
