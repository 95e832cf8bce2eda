package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Making a hybrid by command")
class ShrinkHybridTest {

    @TempDir
    static Path folder;

    private static InProcess program;

    @BeforeAll
    static void imports_digits() {
        program = new InProcess(folder.resolve("workspace"));
        GeneratedDigits.generate(20, 10, 4).write(folder.resolve("idx"));
        importDigits("digits", "14");
    }

    @Test
    void tells_a_program_what_came_of_it_and_writes_a_bundle_that_shows_its_neighbours() throws IOException {
        Outcome outcome = hybrid("--kernels", "random", "--generations", "2", "--k", "5", "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        JsonNode json = outcome.json();
        assertThat(json.path("testAccuracy").asDouble()).isGreaterThan(0.5); // by chance 0.1
        assertThat(json.path("testAccuracyInterval")).hasSize(2);
        assertThat(json.path("engineBytes").asLong())
                .isGreaterThan(json.path("weightsBytes").asLong());
        assertThat(json.path("weightsBytes").asLong()).isPositive();
        assertThat(json.path("referenceCount").asInt()).isBetween(100, 200);
        assertThat(json.path("k").asInt()).isEqualTo(5);
        assertThat(json.path("generations").asInt()).isEqualTo(2);
        assertThat(json.path("evaluations").asInt()).isPositive();
        assertThat(json.path("seconds").fieldNames()).toIterable().contains("total", "head", "search", "evaluation");
        assertThat(json.at("/validation/pValue").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.path("seed").asInt()).isEqualTo(1);
        Path bundle = Path.of(json.path("bundle").asText());
        assertThat(bundle).isRegularFile();

        Path picture = folder.resolve("asked.png");
        PngWriter.write(GeneratedDigits.generate(1, 1, 9).test().picture(3), picture);
        Outcome answer = program.run("predict", bundle.toString(), picture.toString(), "--neighbours");
        assertThat(answer.exitCode()).as(answer.progress()).isZero();
        assertThat(answer.results().lines()).hasSize(7); // the decision, the heads of the columns, five neighbours

        Outcome judged = program.run("evaluate", bundle.toString(), "--data", "digits");
        assertThat(judged.results()).contains("Accuracy").doesNotContain("Mean loss"); // votes have none
        assertThat(Path.of(json.path("run").asText()).resolve("evaluation.json"))
                .content()
                .contains("accuracy")
                .doesNotContain("oss\"");
        assertThat(outcome.progress()).contains("Judging ...", "Writing the model ...");
    }

    @Test
    void keeps_within_the_size_that_is_allowed() {
        Outcome outcome = hybrid("--kernels", "random", "--generations", "0", "--engine-size", "16KB", "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("engineBytes").asLong()).isBetween(5_000L, 16_384L);
    }

    @Nested
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are sent with kill")
    @DisplayName("that is stopped")
    class Stopped {

        private final Program killable = new Program(folder.resolve("workspace"), Map.of());

        // the first checkpoint is written after 60 generations
        private static final String[] LONG = {"--kernels", "random", "--generations", "200", "--threads", "1", "--json"
        };

        @Test
        void by_a_kill_ends_in_the_same_numbers_as_one_that_was_not() {
            Outcome killed = killable.runUntil(
                    "Evolving", process -> killAfterCheckpoint(process, "killed"), arguments("killed", LONG));
            assertThat(killed.exitCode()).isNotZero();
            assertThat(state("killed")).isRegularFile();

            Outcome resumed = killable.run(arguments("killed", LONG));
            Outcome whole = killable.run(arguments("unhurt", LONG));

            assertThat(resumed.exitCode()).as(resumed.progress()).isZero();
            for (String same : List.of(
                    "testAccuracy",
                    "testAccuracyInterval",
                    "engineBytes",
                    "generations",
                    "evaluations",
                    "validation")) {
                assertThat(resumed.json().path(same))
                        .as(same)
                        .isEqualTo(whole.json().path(same));
            }
            assertThat(state("killed")).doesNotExist();
        }

        @Test
        void by_ctrl_c_keeps_a_checkpoint_and_says_how_to_go_on() {
            Outcome stopped =
                    killable.runUntil("Evolving", process -> signal(process, "-INT"), arguments("paused", LONG));

            assertThat(stopped.exitCode()).as(stopped.progress()).isEqualTo(130);
            assertThat(stopped.progress())
                    .contains("Stopping after a checkpoint", "The same command goes on from here");
            assertThat(stopped.results()).isEmpty();
            assertThat(state("paused")).isRegularFile();

            Outcome other = program.run(arguments("paused", with(LONG, "--resume", "--seed", "2")));
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.progress()).contains("no stopped evolution", "where:", "do:");
        }

        private static Path state(String model) {
            return folder.resolve("workspace/runs").resolve(model + "-1").resolve("evolution.state");
        }

        private static void killAfterCheckpoint(Process process, String model) {
            try {
                while (process.isAlive() && !Files.exists(state(model))) Thread.sleep(5);
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
            }
            signal(process, "-KILL");
        }

        private static void signal(Process process, String name) {
            try {
                new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        --search es-adm                     | es-adam
        --mode paralel                      | parallel
        --kernels kmean                     | --kernels from
        --kernels from nobody               | nobody
        --references some                   | prototypes:30
        --references prototypes:0           | prototypes:30
        --references prototypes:90          | prototypes are needed of each class
        --generations 3 --minutes 1         | cannot both be given
        --engine-size 74KB --references all | both cannot be given
        --engine-size small                 | --engine-size 74KB
        --engine-size 1KB --generations 0   | allow at least --engine-size
        --k 5000                            | only 150 references
        --resume                            | no stopped evolution
        """)
    void refuses_in_three_parts(String options, String words) {
        Outcome outcome = hybrid(options.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains(words, "  where: ", "  do:    ").doesNotContain("\tat ");
        assertThat(outcome.results()).isEmpty();
    }

    @Test
    void begins_with_the_kernels_of_a_trained_network() {
        train("digits", "hybrid-8");

        Outcome outcome = hybrid("--kernels", "from", "hybrid-8", "--generations", "0", "--json");

        assertThat(outcome.exitCode()).as(outcome.progress()).isZero();
        assertThat(outcome.json().path("testAccuracy").asDouble()).isGreaterThan(0.5);
        Outcome again = hybrid("--kernels", "from", "digits-hybrid", "--generations", "0", "--json");
        assertThat(again.exitCode()).as(again.progress()).isZero();
    }

    @Test
    void refuses_the_kernels_of_another_kind_of_network() {
        importDigits("whole", "28");
        train("whole", "lenet");

        Outcome outcome = program.run("shrink", "hybrid", "--data", "whole", "--kernels", "from", "lenet");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .contains("two 3x3 convolutions", "model \"lenet\"", "fovea train --network hybrid-64");
    }

    private static void importDigits(String name, String size) {
        Outcome imported =
                program.run("data", "import", name, folder.resolve("idx").toString(), "--size", size);
        assertThat(imported.exitCode()).as(imported.progress()).isZero();
    }

    private static void train(String data, String network) {
        Outcome trained =
                program.run("train", "--data", data, "--network", network, "--epochs", "1", "--name", network);
        assertThat(trained.exitCode()).as(trained.progress()).isZero();
    }

    @Test
    void refuses_pictures_whose_maps_are_too_many_for_the_head() {
        importDigits("large", "64");

        Outcome outcome = program.run("shrink", "hybrid", "--data", "large");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("Pictures of 64x64 leave", "at most 4,096", "where:", "do:");
    }

    @Test
    void wants_at_least_one_thread() {
        Outcome outcome = hybrid("--threads", "0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.progress()).contains("--threads must be at least 1: 0");
    }

    @Test
    void refuses_numbers_to_regress() throws IOException {
        Path own = Files.createDirectories(folder.resolve("measured"));
        StringBuilder table = new StringBuilder("picture,age\n");
        for (int i = 0; i < 10; i++) {
            PngWriter.write(GeneratedDigits.generate(1, 1, 4).training().picture(i), own.resolve(i + ".png"));
            table.append(i).append(".png,").append(i).append('\n');
        }
        Files.writeString(own.resolve("ages.csv"), table);
        Outcome imported =
                program.run("data", "import", "ages", own.toString(), "--size", "14", "--task", "regression");
        assertThat(imported.exitCode()).as(imported.progress()).isZero();

        Outcome outcome = program.run("shrink", "hybrid", "--data", "ages");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("numbers to regress", "fovea train --data ages");
    }

    private static Outcome hybrid(String... options) {
        return program.run(arguments("digits-hybrid", options));
    }

    private static String[] arguments(String name, String... options) {
        return with(new String[] {"shrink", "hybrid", "--data", "digits", "--name", name}, options);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
