package io.fovea.search;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.List;

/** The algorithms that Fovea knows by name, each with its usual options; their classes take others. */
public final class Searches {

    private static final List<SearchEntry> ENTRIES = List.of(
            new SearchEntry(
                    "es-adam",
                    "gradient from pairs of candidates, followed by Adam; the choice for a smooth fitness",
                    settings -> new AntitheticEs(settings, AntitheticEs.Options.smooth())),
            new SearchEntry(
                    "openai-es",
                    "the same with ranks instead of values; for a fitness with jumps, such as accuracy",
                    settings -> new AntitheticEs(settings, AntitheticEs.Options.ranked())),
            new SearchEntry(
                    "cma-es",
                    "learns scales and correlations of all coordinates; up to " + CmaEs.MOST_DIMENSIONS + " dimensions",
                    settings -> new CmaEs(settings, CmaEs.Options.usual())));

    private Searches() {}

    /** Returns every algorithm, the most useful first. */
    public static List<SearchEntry> entries() {
        return ENTRIES;
    }

    /** Returns the names in that order. */
    public static List<String> names() {
        return ENTRIES.stream().map(SearchEntry::name).toList();
    }

    /**
     * Returns the algorithm of that name.
     *
     * @throws Problem that offers the nearest name, if there is none
     */
    public static SearchEntry entry(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "No search is named \"" + name + "\".",
                        "the catalogue of searches",
                        Nearest.suggestion(name, names())));
    }

    /** Returns a search of that name before its first generation. */
    public static Search begin(String name, SearchSettings settings) {
        return entry(name).begin(settings);
    }

    /** Returns the search that {@code state} was taken from, ready to go on. */
    public static Search resume(SearchSettings settings, SearchState state) {
        return entry(state.algorithm()).resume(settings, state);
    }
}
