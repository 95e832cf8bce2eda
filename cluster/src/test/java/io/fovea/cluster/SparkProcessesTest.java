package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors of this machine, in processes of their own, and beside each a process that answers. */
@DisplayName("Processes beside executors of Spark")
class SparkProcessesTest {

    private static final BooleanSupplier NEVER = () -> false;

    @TempDir
    static Path folder;

    private static RemoteProcesses processes;

    private final List<String> told = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @BeforeAll
    static void begin() throws IOException {
        for (Path place : List.of(folder.resolve("shared"), folder.resolve("private"))) {
            Files.createDirectories(place.resolve("in"));
            Files.writeString(place.resolve("in/größe 1 %.txt"), "one");
            Files.writeString(place.resolve("two.txt"), "two");
        }
        for (String place : List.of("first", "second")) Files.createDirectories(folder.resolve(place));
        Files.writeString(folder.resolve("single.txt"), "three");
        processes = open("local-cluster[2,1,512]", 1);
        // from now on a machine that looks there finds another file, as one does that has its own disk
        for (String file : List.of("private/two.txt", "single.txt"))
            Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(0));
    }

    @AfterAll
    static void end() {
        processes.close();
    }

    private static RemoteProcesses open(String on, int threads) {
        return RemoteProcesses.Opener.find()
                .orElseThrow()
                .open(new RemoteProcesses.Order(
                        on,
                        "test",
                        TryingProgram.class.getName(),
                        threads,
                        Stream.of("shared", "private", "single.txt")
                                .map(folder::resolve)
                                .filter(Files::exists)
                                .toList()));
    }

    private final RemoteProcesses.Listener listener = new RemoteProcesses.Listener() {
        @Override
        public void told(int question, byte[] word) {
            told.add(question + ": " + new String(word, StandardCharsets.UTF_8));
        }

        @Override
        public void remark(String line) {
            remarks.add(line);
        }
    };

    private static List<byte[]> questions(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> ask(String... words) {
        return texts(processes.ask(questions(words), listener, NEVER));
    }

    private List<String> askTogether(String... words) {
        return texts(processes.askTogether(() -> questions(words), listener, NEVER));
    }

    private static List<String> texts(List<Optional<byte[]>> answers) {
        return answers.stream()
                .map(answer -> answer.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("nothing"))
                .toList();
    }

    @Nested
    @DisplayName("asked one by one")
    class OneByOne {

        @Test
        void answer_in_the_order_of_the_questions() {
            assertThat(ask(IntStream.range(0, 20).mapToObj(i -> "double " + i).toArray(String[]::new)))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(i -> Integer.toString(2 * i))
                            .toList());
        }

        @Test
        void are_as_many_as_there_are_places_and_stay_for_the_next_question() {
            List<String> first = ask("process", "process", "process", "process");
            List<String> second = ask("process", "process", "process", "process");

            assertThat(processes.places()).isEqualTo(2);
            assertThat(first).allSatisfy(each -> assertThat(each).matches("\\d+"));
            assertThat(second).isSubsetOf(first);
        }

        @Test
        void take_questions_that_are_too_long_for_a_message_of_a_task() {
            assertThat(ask("double 4 " + "x".repeat(9 << 20), "double 5")).containsExactly("8", "10");
        }

        @Test
        void find_what_lies_in_the_same_place_there() {
            assertThat(ask("find " + folder.resolve("shared")))
                    .containsExactly(folder.resolve("shared") + "|größe 1 %.txt=one|two.txt=two");
        }

        @Test
        void get_a_copy_of_what_is_not_the_same_on_their_machine() {
            List<String> found = ask("find " + folder.resolve("private"), "find " + folder.resolve("private"));

            assertThat(found).allSatisfy(each -> assertThat(each)
                    .doesNotStartWith(folder.toString())
                    .endsWith("|größe 1 %.txt=one|two.txt=two"));
            assertThat(ask("find " + folder.resolve("single.txt")))
                    .singleElement()
                    .satisfies(each ->
                            assertThat(each).doesNotStartWith(folder.toString()).endsWith("|single.txt=three"));
        }

        @Test
        void tell_on_the_way_in_order_and_without_loss() {
            assertThat(ask("count 500")).containsExactly("counted");

            assertThat(told)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 500)
                            .mapToObj(i -> "0: " + i)
                            .toList());
        }

        @Test
        void end_the_work_by_a_problem_that_says_where_it_was() {
            assertThatThrownBy(() -> ask("double 1", "refuse")).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).isEqualTo("It does not.");
                assertThat(problem.where()).startsWith("the question, on ");
                assertThat(problem.remedy()).isEqualTo("ask another one");
            });

            assertThat(ask("double 4")).containsExactly("8");
        }

        @Test
        void are_replaced_where_one_ends_in_the_middle() {
            assertThat(ask("double 1", "die " + folder.resolve("process"), "double 2"))
                    .containsExactly("2", "lived", "4");
        }

        @Test
        void are_replaced_where_one_ends_with_its_executor() {
            assertThat(ask("double 1", "die " + folder.resolve("executor"), "double 2"))
                    .containsExactly("2", "lived", "4");
        }

        @Test
        void answer_further_while_one_executor_is_lost_and_then_the_other() {
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < 40; i++) asked.add("double " + i);
            asked.set(7, "die " + folder.resolve("first/executor"));
            asked.set(23, "die " + folder.resolve("second/executor"));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) expected.add(i == 7 || i == 23 ? "lived" : Integer.toString(2 * i));

            assertThat(ask(asked.toArray(String[]::new))).isEqualTo(expected);
        }

        @Test
        void are_tried_as_often_as_a_task_of_spark_and_a_problem_says_how_they_ended() {
            Path count = folder.resolve("one-by-one");

            assertThatThrownBy(() -> ask("double 1", "fall 100 " + count))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("The same part of the work was lost 8 times. The process ended in the middle"
                                        + " (exit status 9).");
                        assertThat(problem.where()).isEqualTo("local-cluster[2,1,512], option --on");
                    });

            assertThat(count).hasSize(8);
            assertThat(ask("double 4")).containsExactly("8");
        }

        @Test
        void are_left_alone_with_what_nobody_waits_for_any_more() {
            assertThatThrownBy(() -> processes.ask(questions("wait", "wait"), listener, () -> {
                        if (told.size() == 2) throw new IllegalStateException("enough");
                        return false;
                    }))
                    .hasMessage("enough");

            assertThat(ask("double 4", "double 5")).containsExactly("8", "10");
        }

        @Test
        void answer_soon_where_all_is_to_stop_and_begin_nothing_more() {
            List<Optional<byte[]>> answers =
                    processes.ask(questions("wait", "wait", "wait", "wait"), listener, () -> told.size() == 2);

            assertThat(texts(answers)).containsExactly("stopped", "stopped", "nothing", "nothing");
        }
    }

    @Nested
    @DisplayName("asked together")
    class Together {

        @Test
        void hear_each_other() {
            assertThat(askTogether("together a", "together b")).containsExactly("a b", "a b");
        }

        @Test
        void have_the_room_of_those_that_were_asked_one_by_one() {
            for (int i = 0; i < 3; i++) {
                assertThat(ask("double 1", "double 2", "double 3")).containsExactly("2", "4", "6");
                assertThat(askTogether("together a", "together b")).containsExactly("a b", "a b");
            }
        }

        @Test
        void begin_again_where_one_of_them_ends() {
            assertThat(askTogether("together a", "together " + folder.resolve("b")))
                    .containsExactly("a b", "a b");
        }

        @Test
        void end_after_four_tries_that_brought_nothing_by_a_problem_that_says_how_one_of_them_ended() {
            Path count = folder.resolve("always");

            assertThatThrownBy(() -> askTogether("together a", "fall 100 " + count))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .startsWith("Spark gave up: ")
                                .endsWith("The process ended in the middle (exit status 9).");
                        assertThat(problem.where()).isEqualTo("local-cluster[2,1,512], option --on");
                    });

            assertThat(count).hasSize(4);
            assertThat(remarks).hasSize(3).containsOnly("A process is lost; all begin again.");
            assertThat(askTogether("together a", "together b")).containsExactly("a b", "a b");
        }

        @Test
        void begin_again_as_long_as_each_try_brings_something() {
            Path count = folder.resolve("progress");
            RemoteProcesses.Listener coming = new RemoteProcesses.Listener() {
                @Override
                public long progress() {
                    return count.toFile().length();
                }
            };

            assertThat(texts(processes.askTogether(() -> questions("together a", "fall 5 " + count), coming, NEVER)))
                    .containsExactly("a risen", "a risen");
            assertThat(count).hasSize(6);
        }

        @Test
        void are_refused_where_there_is_no_room_for_all() {
            assertThatThrownBy(() -> askTogether("together a", "together b", "together c"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("Expected room for 3 processes at once, found room for 2.");
                        assertThat(problem.remedy()).startsWith("ask for fewer (--ranks 2)");
                    });
        }
    }

    @Test
    void are_refused_where_an_executor_has_fewer_cores_than_a_process_wants() {
        assertThatThrownBy(() -> open("local-cluster[2,1,512]", 3)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("An executor has 1 core, but a process wants 3 threads.");
            assertThat(problem.remedy()).startsWith("let it compute with --threads 1");
        });
    }
}
