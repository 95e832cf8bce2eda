package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a command prints")
class OutputTest {

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void has_a_workspace() {
        program = new Program(folder, Map.of());
    }

    @Nested
    @DisplayName("on a device that is full")
    class Full {

        @BeforeEach
        void needs_such_a_device() {
            assumeThat(Files.exists(Path.of("/dev/full"))).as("/dev/full").isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "network list",
                    "network list --json",
                    "network show lenet --yaml",
                    "data list",
                    "train --help",
                    "--version",
                    "generate-completion",
                })
        void makes_a_failure_of_any_command(String command) {
            Outcome outcome = program.runWithin("\"$@\" > /dev/full", command.split(" "));
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress().lines())
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith("The results cannot be written: ");
        }

        @Test
        void does_not_hide_another_problem() {
            Outcome outcome = program.runWithin("\"$@\" > /dev/full", "data", "show", "nothing", "--json");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).startsWith("There is no dataset named \"nothing\".");
        }
    }

    @Nested
    @DisplayName("into a pipe whose reader has gone")
    class Abandoned {

        @Test
        void ends_the_command_without_words_as_other_programs_end() {
            Outcome outcome = program.runWithin("\"$@\" | true; exit ${PIPESTATUS[0]}", "network", "list");
            assertThat(outcome.exitCode()).isEqualTo(141);
            assertThat(outcome.progress()).isEmpty();
        }
    }
}
