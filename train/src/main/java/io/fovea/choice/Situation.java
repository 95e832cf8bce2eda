package io.fovea.choice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to use a verb in which some of its options change nothing. Given there, they are refused, and what does the same is named.
 *
 * <p>Every verb's situations are constants; a test holds each option of each verb to one of them or to an effect.
 *
 * @param words  such as {@code without --pretrained}; they end the sentence "--copies changes nothing …"
 * @param idle   the options without effect, each with what to do instead
 */
public record Situation(String words, Map<String, String> idle) {

    /** Copies. */
    public Situation {
        idle = Collections.unmodifiableMap(new LinkedHashMap<>(idle));
    }

    /** A situation in which every option works so far. */
    public static Situation of(String words) {
        return new Situation(words, Map.of());
    }

    /** Returns the situation with further options that change nothing in it. */
    public Situation idle(String remedy, List<String> options) {
        Map<String, String> all = new LinkedHashMap<>(idle);
        for (String option : options) all.put(option, remedy);
        return new Situation(words, all);
    }

    /** Returns the situation with further options that change nothing in it. */
    public Situation idle(String remedy, String... options) {
        return idle(remedy, List.of(options));
    }
}
