package io.fovea.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a mistyped one most likely meant. */
public final class Nearest {

    private Nearest() {}

    /**
     * Returns the candidate with the smallest edit distance to {@code name}, letter case ignored, if it is near enough
     * to be a slip: at most a third of the longer name's letters differ, and at least one letter is common.
     */
    public static Optional<String> to(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isSlip(distance(name, candidate), Math.max(name.length(), candidate.length())))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns a sentence that offers the nearest name, or else lists the valid ones. */
    public static String suggestion(String name, Collection<String> candidates) {
        return to(name, candidates)
                .map(nearest -> "did you mean \"" + nearest + "\"? Valid: " + String.join(", ", candidates))
                .orElse("use one of: " + String.join(", ", candidates));
    }

    private static boolean isSlip(int distance, int letters) {
        return distance <= Math.max(1, letters / 3) && distance < letters;
    }

    /** Levenshtein distance: the fewest insertions, deletions and replacements that turn one name into the other. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
