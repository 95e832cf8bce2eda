package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A result")
class ResultTest {

    private static final String README = """
        # Benchmarks

        <!-- results: one -->
        | date | figure |
        | --- | --- |
        | yesterday | 1 |

        <!-- results: two -->
        | date | figure |
        | --- | --- |
        """;

    @Nested
    @DisplayName("as a row")
    class Row {

        @Test
        void comes_after_the_last_of_its_table() {
            assertThat(Result.withRow(README, "one", List.of("today", "2"))).isEqualTo("""
                # Benchmarks

                <!-- results: one -->
                | date | figure |
                | --- | --- |
                | yesterday | 1 |
                | today | 2 |

                <!-- results: two -->
                | date | figure |
                | --- | --- |
                """);
        }

        @Test
        void comes_into_an_empty_table_at_the_end_of_the_file() {
            assertThat(Result.withRow(README, "two", List.of("today", "2"))).endsWith("| --- | --- |\n| today | 2 |\n");
        }

        @Test
        void needs_a_table() {
            assertThatThrownBy(() -> Result.withRow(README, "three", List.of()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("three");
        }

        @Test
        void finds_a_table_for_every_benchmark_in_this_repository() throws IOException {
            String readme = Files.readString(Repository.root().resolve("benchmarks/README.md"));
            for (String table : List.of(
                    "training",
                    "lab",
                    "hybrid-models",
                    "hybrid-generation",
                    "hybrid-sweep",
                    "hybrid-deap",
                    "import",
                    "classifier")) {
                assertThat(Result.withRow(readme, table, List.of("cell"))).contains("| cell |");
            }
        }
    }

    @Nested
    @DisplayName("as a file")
    class AsFile {

        @TempDir
        Path benchmarks;

        @Test
        void never_replaces_an_earlier_one() throws IOException {
            Files.writeString(benchmarks.resolve("README.md"), README);
            Machine machine = new Machine("chip", 2, 16, List.of(), "Linux", "JVM", false, 0);
            Result result = new Result(
                    "two",
                    List.of("4"),
                    new ObjectMapper()
                            .createObjectNode()
                            .put("date", "2026-01-02")
                            .put("commit", "abc"));

            result.keep(benchmarks, "2026-01-02-two", machine);
            Path second = result.keep(benchmarks, "2026-01-02-two", machine);

            assertThat(second).hasFileName("2026-01-02-two-2.json").exists();
            assertThat(benchmarks.resolve("results/2026-01-02-two.json")).exists();
            assertThat(Files.readString(benchmarks.resolve("README.md"))).endsWith("""
                | [2026-01-02](results/2026-01-02-two.json) | abc | chip, 2 cores, 16 GiB | 4 |
                | [2026-01-02](results/2026-01-02-two-2.json) | abc | chip, 2 cores, 16 GiB | 4 |
                """);
        }
    }
}
