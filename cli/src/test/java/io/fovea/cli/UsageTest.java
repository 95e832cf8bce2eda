package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command fovea")
class UsageTest {

    @TempDir
    Path workspace;

    private Outcome fovea(String... arguments) {
        return new Program(workspace, Map.of()).run(arguments);
    }

    @Nested
    @DisplayName("called in a wrong way")
    class Wrong {

        @Test
        void offers_the_nearest_verb_in_three_lines_and_ends_with_2() {
            Outcome outcome = fovea("doctr");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.results()).isEmpty();
            assertThat(outcome.progress().lines())
                    .containsExactly(
                            "Unknown verb \"doctr\".",
                            "  where: fovea",
                            "  do:    did you mean \"doctor\"? \"fovea --help\" shows what is possible");
        }

        @Test
        void offers_the_nearest_option() {
            Outcome outcome = fovea("data", "list", "--worksapce", "here");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress().lines())
                    .containsExactly(
                            "Unknown option \"--worksapce\".",
                            "  where: fovea data list",
                            "  do:    did you mean \"--workspace\"? \"fovea data list --help\" shows what is possible");
        }

        @Test
        void names_the_choices_of_an_option() {
            Outcome outcome = fovea("data", "import", "pets", "photos", "--color", "gray");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress())
                    .contains("--color")
                    .contains("[GREY, COLOR]")
                    .contains("'gray'");
        }

        @Test
        void names_the_option_whose_value_is_out_of_range() {
            Outcome outcome = fovea("train", "--data", "pets", "--network", "lenet", "--random-crop", "8");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress().lines())
                    .containsExactly(
                            "--random-crop: Augmentation \"randomCrop\" must be 0.01 to 1, not 8.",
                            "  where: fovea train",
                            "  do:    \"fovea train --help\" shows what is possible");
        }

        @Test
        void names_the_orders_that_an_epoch_can_have() {
            Outcome outcome = fovea("train", "--data", "pets", "--network", "lenet", "--sampling", "evenly");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.progress())
                    .contains("--sampling")
                    .contains("BALANCED")
                    .contains("'evenly'");
        }

        @Test
        void puts_the_problem_into_an_object_if_json_is_asked_for() {
            Outcome outcome = fovea("data", "show", "--json");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.json().path("problem").path("where").asText()).isEqualTo("fovea data show");
        }
    }

    @Nested
    @DisplayName("alone")
    class Alone {

        @Test
        void shows_what_it_is_for_and_five_commands_to_begin_with() {
            Outcome outcome = fovea();
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.progress()).isEmpty();
            assertThat(outcome.results()).startsWith("Fovea trains, tests and ships image classifiers");
            assertThat(outcome.results().lines().filter(line -> line.startsWith("  fovea ")))
                    .extracting(line -> line.trim().replaceFirst(" {2,}.*", ""))
                    .containsExactly(
                            "fovea lab mnist --size small",
                            "fovea data import pets photos/",
                            "fovea train --data pets",
                            "fovea predict latest picture.jpg",
                            "fovea doctor");
        }
    }

    @Nested
    @DisplayName("asked for help")
    class Help {

        @Test
        void lists_its_verbs_on_stdout_and_ends_with_0() {
            Outcome outcome = fovea("--help");
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.results()).contains("data", "predict", "doctor").doesNotContain("\u001b");
            assertThat(outcome.progress()).isEmpty();
        }

        @Test
        void shows_an_example_for_every_verb() {
            Main.commands(Console.ofProcess(Map.of())).getSubcommands().forEach((name, command) -> {
                if (name.equals("generate-completion")) return;
                assertThat(String.join(
                                "\n", command.getCommandSpec().usageMessage().footer()))
                        .as(name)
                        .contains("fovea " + name);
            });
        }

        @Test
        void fits_into_lines_of_eighty_columns() {
            Outcome outcome = fovea("--help");
            assertThat(outcome.results().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        }
    }

    @Nested
    @DisplayName("asked for something that is not there")
    class Missing {

        @Test
        void says_how_to_get_a_first_data_set() {
            Outcome outcome = fovea("data", "show", "pets");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress().lines())
                    .containsExactly(
                            "There is no dataset named \"pets\".",
                            "  where: " + workspace.resolve("datasets"),
                            "  do:    import one with \"fovea data import NAME SOURCE\"");
        }

        @Test
        void says_that_there_is_no_such_model_file() {
            Outcome outcome = fovea("predict", "none.fovea", "picture.png");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).startsWith("There is no model file \"none.fovea\".\n");
        }

        @Test
        void says_who_reads_addresses_of_other_storage() {
            String model = "hdfs://name:8020/pets.fovea";
            for (Outcome outcome : List.of(
                    fovea("predict", model, "picture.png"),
                    fovea("evaluate", model, "--data", "pets"),
                    fovea("predict", "pets.fovea", "picture.png", "--out", "hdfs://name:8020/mask.png"))) {
                assertThat(outcome.exitCode()).isEqualTo(1);
                assertThat(outcome.progress())
                        .startsWith("Expected a file or folder of this machine, found the address \"hdfs://name:8020/")
                        .contains("--on local[2] --out FILE.csv");
            }
        }

        @Test
        void lists_no_data_sets_as_none() {
            Outcome outcome = fovea("data", "list", "--json");
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.json().path("datasets")).isEmpty();
        }

        @Test
        void refuses_a_name_that_would_leave_the_workspace() {
            Outcome outcome = fovea("data", "show", "../secrets");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.progress()).startsWith("\"../secrets\" cannot name a dataset.\n");
        }
    }

    @Test
    void writes_a_completion_script() {
        Outcome outcome = fovea("generate-completion");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.results()).contains("complete").contains("doctor");
    }
}
