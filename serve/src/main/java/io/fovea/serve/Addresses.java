package io.fovea.serve;

import io.fovea.problem.Problem;
import java.util.List;
import java.util.Optional;

/** What the words of an address say. */
final class Addresses {

    private Addresses() {}

    /** Returns the refusal of an address that nothing is at. */
    static Refusal unknown(Exchange exchange) {
        return new Refusal(
                404,
                new Problem(
                        "Nothing answers " + exchange.method() + " " + exchange.address() + ".",
                        "the address of the request",
                        "see /openapi.json for what does"));
    }

    /**
     * A model and what follows it in an address: {@code NAME[/versions/N]/…}.
     *
     * @param name    of the model
     * @param version that is asked for
     * @param rest    the words after that
     */
    record Target(String name, Optional<Long> version, List<String> rest) {

        /** Reads the words from the name on. */
        static Target of(List<String> words) {
            if (words.size() < 3 || !words.get(1).equals("versions"))
                return new Target(words.getFirst(), Optional.empty(), words.subList(1, words.size()));
            return new Target(
                    words.getFirst(), Optional.of(Addresses.version(words.get(2))), words.subList(3, words.size()));
        }
    }

    static long version(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException otherwise) {
            throw new Problem(
                    "Expected a version, found \"" + word + "\".",
                    "the address of the request",
                    "write its number",
                    otherwise);
        }
    }
}
