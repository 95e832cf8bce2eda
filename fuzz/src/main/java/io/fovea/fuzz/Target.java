package io.fovea.fuzz;

import io.fovea.problem.Problem;
import java.util.Locale;

/**
 * What Jazzer calls with each input: a parser, named by the property {@code fovea.fuzz.parser}. Whatever comes out of it but an answer or a
 * {@link Problem} is a finding, and so is one that takes ten seconds or too much memory.
 */
public final class Target {

    private static final Parser PARSER = Parser.valueOf(
            System.getProperty("fovea.fuzz.parser").toUpperCase(Locale.ROOT).replace('-', '_'));

    private Target() {}

    /** Called by Jazzer, by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            PARSER.read(input);
        } catch (Problem refused) {
            if (refused.what().isBlank()
                    || refused.where().isBlank()
                    || refused.remedy().isBlank())
                throw new AssertionError("A problem without one of its parts", refused);
        }
    }
}
