package io.fovea.cli;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in three lines what was wrong with the words of a command. */
final class UsageProblem {

    private UsageProblem() {}

    static Problem of(ParameterException mistake) {
        if (mistake instanceof IdleOption idle) return idle.problem();
        CommandLine command = mistake.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        String where = spec.qualifiedName();
        String reference = "\"" + where + " --help\" shows what is possible";
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            if (word.startsWith("-")) {
                String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
                return new Problem(
                        "Unknown option \"" + option + "\".",
                        where,
                        nearest(option, spec.optionsMap().keySet(), reference));
            }
            Collection<String> verbs = command.getSubcommands().keySet();
            if (verbs.isEmpty()) return new Problem("\"" + word + "\" is one argument too many.", where, reference);
            return new Problem("Unknown verb \"" + word + "\".", where, nearest(word, verbs, reference));
        }
        return new Problem(
                sentence(mistake.getMessage()),
                where,
                verbs(command).map(all -> "use one of: " + all + "; ").orElse("") + reference);
    }

    private static String nearest(String word, Collection<String> valid, String reference) {
        return Nearest.to(word, List.copyOf(valid))
                        .map(near -> "did you mean \"" + near + "\"? ")
                        .orElse("")
                + reference;
    }

    private static Optional<String> verbs(CommandLine command) {
        Collection<String> verbs = command.getSubcommands().keySet();
        return verbs.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", verbs));
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}
