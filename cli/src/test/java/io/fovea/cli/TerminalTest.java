package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.collection.GeneratedDigits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the real program in a terminal of its own, which {@code script} of util-linux makes. */
@DisplayName("In a terminal")
class TerminalTest {

    /** What is drawn over the line before, up to the code that empties the rest of the line. */
    private static final Pattern REDRAWN = Pattern.compile("\r([^\r\n\u001b]+)\u001b\\[K");

    @TempDir
    static Path folder;

    static Program program;

    @BeforeAll
    static void has_a_tool_that_makes_terminals() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("bash", "-c", "script --version | grep -q util-linux")
                                .start()
                                .waitFor()
                        == 0,
                "no terminal can be made here: script of util-linux is not installed (Debian: apt install bsdutils)");
        program = new Program(folder.resolve("workspace"), Map.of());
        GeneratedDigits.generate(40, 10, 4).write(folder.resolve("idx"));
    }

    private static List<String> redrawn(int columns, String... arguments) {
        Outcome outcome = program.runWithin(
                "set -- \"$1\" -Dfovea.terminal=yes \"${@:2}\"; exec script -qec \"stty cols " + columns
                        + " rows 24; ${*@Q}\" /dev/null",
                arguments);
        assertThat(outcome.exitCode()).as(outcome.results()).isZero();
        return REDRAWN.matcher(outcome.results())
                .results()
                .map(MatchResult::group)
                .map(drawn -> drawn.substring(1, drawn.indexOf('\u001b')))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 80})
    void an_import_draws_no_line_that_is_wider(int columns) {
        List<String> drawn = redrawn(
                columns,
                "data",
                "import",
                "digits" + columns,
                folder.resolve("idx").toString());

        assertThat(drawn).isNotEmpty().allMatch(line -> line.length() < columns).anyMatch(line -> line.contains("%"));
    }

    @Test
    void a_training_draws_no_line_that_is_wider() {
        redrawn(40, "data", "import", "digits", folder.resolve("idx").toString());

        List<String> drawn =
                redrawn(40, "train", "--data", "digits", "--network", "lenet", "--epochs", "2", "--batch-size", "8");

        assertThat(drawn).anyMatch(line -> line.startsWith("epoch 1/2"));
        assertThat(drawn).allMatch(line -> line.length() < 40);
    }
}
