package io.fovea.search;

import java.util.function.Function;

/**
 * An algorithm that is known by name.
 *
 * @param name        what a user types
 * @param description what it is good for, in half a line
 * @param factory     settings → the search before its first generation, with the algorithm's usual options
 */
public record SearchEntry(String name, String description, Function<SearchSettings, Search> factory) {

    /**
     * Returns a search before its first generation.
     *
     * @throws io.fovea.problem.Problem if the algorithm cannot work with the population or the dimensions
     */
    public Search begin(SearchSettings settings) {
        return factory.apply(settings);
    }

    /**
     * Returns a search that goes on from {@code state}.
     *
     * @throws io.fovea.problem.Problem if the state does not belong to this algorithm and these settings
     */
    public Search resume(SearchSettings settings, SearchState state) {
        Search search = begin(settings);
        search.restore(state);
        return search;
    }
}
