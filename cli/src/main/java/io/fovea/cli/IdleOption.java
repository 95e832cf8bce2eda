package io.fovea.cli;

import io.fovea.choice.Situation;
import io.fovea.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** An option was given where it changes nothing. */
final class IdleOption extends ParameterException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    private IdleOption(CommandLine command, String option, String situation, String remedy) {
        super(command, option + " changes nothing " + situation + ".");
        problem = new Problem(getMessage(), command.getCommandSpec().qualifiedName(), remedy);
    }

    /**
     * Refuses options that were given although they change nothing in a situation.
     *
     * @throws IdleOption that names the first of them
     */
    static void refuse(Situation situation, CommandSpec verb) {
        CommandLine command = verb.commandLine();
        for (OptionSpec given : command.getParseResult().matchedOptions()) {
            String remedy = situation.idle().get(given.longestName());
            if (remedy != null) throw new IdleOption(command, given.longestName(), situation.words(), remedy);
        }
    }

    /** Returns whether an option was given that changes nothing in a situation. */
    static boolean isGiven(Situation situation, CommandSpec verb) {
        return verb.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(given -> situation.idle().containsKey(given.longestName()));
    }

    /** Returns the three parts. */
    Problem problem() {
        return problem;
    }
}
