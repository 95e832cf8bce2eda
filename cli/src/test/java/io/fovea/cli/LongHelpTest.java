package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@DisplayName("The help of a verb with many options")
class LongHelpTest {

    private static String printed(String... words) {
        StringWriter text = new StringWriter();
        CommandLine root = Main.commands(Console.ofProcess(Map.of())).setOut(new PrintWriter(text));
        root.setUsageHelpAutoWidth(false);
        assertThat(root.execute(words)).isZero();
        return text.toString();
    }

    private static List<String> options(String help) {
        return Pattern.compile("(?m)^ {2,8}(?:-., )?(--[a-z0-9-]+)")
                .matcher(help)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void begins_with_what_most_people_need_under_headings() {
        String help = printed("train", "--help");
        assertThat(help.lines().filter(line -> line.endsWith(":")))
                .containsExactly("What learns what:", "How it learns:", "What comes out:", "Examples:");
        assertThat(options(help)).startsWith("--data", "--network", "--pretrained", "--transfer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "tune", "shrink hybrid", "data import", "network import"})
    void is_one_screen(String verb) {
        String help = printed((verb + " --help").split(" "));
        assertThat(help.lines()).hasSizeLessThanOrEqualTo(50).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        assertThat(options(help)).contains("--help-all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "tune", "shrink hybrid", "data import", "network import"})
    void has_every_option_once_if_all_are_asked_for(String verb) {
        CommandLine command = Main.commands(Console.ofProcess(Map.of()));
        for (String word : verb.split(" ")) command = command.getSubcommands().get(word);
        List<String> all = command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        assertThat(options(printed((verb + " --help-all").split(" ")))).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void says_all_of_an_option_if_all_are_asked_for() {
        assertThat(printed("train", "--help"))
                .contains("  --optimizer=NAME        sgd, momentum, nesterov, adam, adamw, rmsprop ...");
        assertThat(printed("train", "--help-all")).contains("adagrad or adadelta");
    }
}
