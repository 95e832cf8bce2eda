package io.fovea.result;

import io.fovea.dataset.Split;
import io.fovea.evaluation.Verdict;
import java.util.Locale;
import java.util.Map;

/** A verdict as lines for people and as fields of JSON. */
public final class VerdictWords {

    private VerdictWords() {}

    /** Returns the line of a model whose epoch was chosen by the validation loss: on these pictures it is a little flattered, and says so. */
    public static String ofChosenEpoch(Verdict verdict, Split split) {
        return line(verdict, split) + (split == Split.VALIDATION ? ", the pictures that also chose the epoch" : "");
    }

    /** Returns a line such as {@code Accuracy  98.71 % (95 % interval …), on test}. */
    public static String line(Verdict verdict, Split split) {
        return String.format(Locale.ROOT, "%-9s %s, on %s", verdict.title(), verdict.words(), DataJson.word(split));
    }

    /** Adds the figures to an object of JSON; {@code prefix} is put before their names, for example {@code test}. */
    public static void put(Verdict verdict, String prefix, Map<String, Object> json) {
        verdict.figures().forEach((name, value) -> json.put(name(prefix, name), value));
        json.put(name(prefix, "measures"), verdict.measures());
    }

    private static String name(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
