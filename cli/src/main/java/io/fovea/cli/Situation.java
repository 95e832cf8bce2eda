package io.fovea.cli;

import io.fovea.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A way to use a verb in which some of its options change nothing. Given there, they are refused, and what does the same is named.
 *
 * <p>Every verb's situations are constants; {@code OptionsTest} holds each option of each verb to one of them or to an effect.
 *
 * @param words  such as {@code without --pretrained}; they end the sentence "--copies changes nothing …"
 * @param idle   the options without effect, each with what to do instead
 */
record Situation(String words, Map<String, String> idle) {

    /** Copies. */
    Situation {
        idle = Collections.unmodifiableMap(new LinkedHashMap<>(idle));
    }

    /** A situation in which every option works so far. */
    static Situation of(String words) {
        return new Situation(words, Map.of());
    }

    /** Returns the situation with further options that change nothing in it. */
    Situation idle(String remedy, List<String> options) {
        Map<String, String> all = new LinkedHashMap<>(idle);
        for (String option : options) all.put(option, remedy);
        return new Situation(words, all);
    }

    /** Returns the situation with further options that change nothing in it. */
    Situation idle(String remedy, String... options) {
        return idle(remedy, List.of(options));
    }

    /**
     * Refuses options that were given although they change nothing.
     *
     * @throws IdleOption that names the first of them
     */
    void refuse(CommandSpec verb) {
        CommandLine command = verb.commandLine();
        for (OptionSpec given : command.getParseResult().matchedOptions()) {
            String remedy = idle.get(given.longestName());
            if (remedy != null) throw new IdleOption(command, given.longestName(), words, remedy);
        }
    }

    /** Returns whether an option was given that changes nothing in it. */
    boolean isContradicted(CommandSpec verb) {
        return verb.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(given -> idle.containsKey(given.longestName()));
    }

    /** An option was given where it changes nothing. */
    static final class IdleOption extends ParameterException {

        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        private IdleOption(CommandLine command, String option, String situation, String remedy) {
            super(command, option + " changes nothing " + situation + ".");
            problem = new Problem(getMessage(), command.getCommandSpec().qualifiedName(), remedy);
        }

        /** Returns the three parts. */
        Problem problem() {
            return problem;
        }
    }
}
