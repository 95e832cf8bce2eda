package io.fovea.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was looked at.
 *
 * @param name   what was looked at, for example {@code GPU}
 * @param state  how it is
 * @param found  what was found
 * @param remedy what to do about it; empty if nothing is to be done
 */
public record Finding(String name, State state, String found, String remedy) {

    /** How a thing is. */
    public enum State {
        /** As it should be. */
        GOOD("ok"),
        /** Fovea works without, but slower or with less. */
        LESS("less"),
        /** Fovea does not work like this. */
        BROKEN("broken");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** Returns the word for tables and JSON. */
        public String word() {
            return word;
        }
    }

    static Finding good(String name, String found) {
        return new Finding(name, State.GOOD, found, "");
    }

    static Finding less(String name, String found, String remedy) {
        return new Finding(name, State.LESS, found, remedy);
    }

    static Finding broken(String name, String found, String remedy) {
        return new Finding(name, State.BROKEN, found, remedy);
    }

    /** Returns it for programs. */
    Map<String, String> json() {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("state", state.word());
        json.put("found", found);
        json.put("do", remedy);
        return json;
    }
}
