package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("The command of which only what is asked for is built")
class VerbTreeTest {

    private final Console console = Console.ofProcess(Map.of());

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(verb -> all.addAll(all(verb)));
        return all;
    }

    @Test
    void lists_the_same_verbs_in_the_same_words() {
        CommandLine whole = VerbTree.whole(console);
        CommandLine asked = VerbTree.asked(console, "--help");

        assertThat(asked.getUsageMessage()).isEqualTo(whole.getUsageMessage());
        assertThat(asked.getSubcommands().get("lab").getSubcommands()).isEmpty();
    }

    @Test
    void knows_of_each_verb_that_is_named_all_that_the_whole_one_knows() {
        for (CommandLine expected : all(VerbTree.whole(console))) {
            String[] words = expected.getCommandSpec().qualifiedName().split(" ");
            CommandLine found = VerbTree.asked(console, words);
            for (int i = 1; i < words.length; i++)
                found = found.getSubcommands().get(words[i]);

            assertThat(found.getUsageMessage()).isEqualTo(expected.getUsageMessage());
            assertThat(found.getCommandSpec().optionsMap().keySet())
                    .isEqualTo(expected.getCommandSpec().optionsMap().keySet());
        }
    }

    @Test
    void is_whole_where_completion_or_a_file_of_arguments_may_want_any() {
        int verbs = all(VerbTree.whole(console)).size();

        assertThat(all(VerbTree.asked(console, "generate-completion"))).hasSize(verbs);
        assertThat(all(VerbTree.asked(console, "@arguments"))).hasSize(verbs);
    }
}
