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

    /** Returns a sentence that offers the nearest name, or else lists the valid ones, if there are any. */
    public static String suggestion(String name, Collection<String> candidates) {
        if (candidates.isEmpty()) return "there is none to choose from";
        return to(name, candidates)
                .map(nearest -> "did you mean \"" + nearest + "\"? Valid: " + String.join(", ", candidates))
                .orElse("use one of: " + String.join(", ", candidates));
    }

    private static boolean isSlip(int distance, int letters) {
        return distance <= Math.max(1, letters / 3) && distance < letters;
    }

    /** The fewest insertions, deletions, replacements and swaps of neighbours that turn one name into the other. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
        return cost[a.length()][b.length()];
    }
}
