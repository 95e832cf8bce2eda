package io.fovea.search;

import io.fovea.problem.Problem;

/** How many candidates a generation has: what the settings say, where the algorithm can work with it. */
final class PopulationSize {

    private PopulationSize() {}

    /** Returns 4 + ⌊3·ln n⌋. Source: Hansen 2016, arXiv:1604.00772, equation 48. */
    static int logarithmic(int dimensions) {
        return 4 + (int) (3 * Math.log(dimensions));
    }

    /** Returns the same, at least 16 and even, for algorithms that draw pairs. */
    static int pairs(int dimensions) {
        int even = Math.ceilDiv(logarithmic(dimensions), 2) * 2;
        return Math.max(16, even);
    }

    /**
     * Returns the population of the settings, or else the algorithm's own.
     *
     * @throws Problem if it is below {@code smallest}
     */
    static int of(String name, SearchSettings settings, int own, int smallest) {
        int population = settings.population().orElse(own);
        if (population < smallest) {
            throw new Problem(
                    "The population must be at least " + smallest + ", found " + population + ".",
                    "settings of the search \"" + name + "\"",
                    "take " + smallest + " or more, or leave it out for " + own);
        }
        return population;
    }

    /**
     * Returns the population of the settings, or else the algorithm's own.
     *
     * @throws Problem if it is not even and at least 2
     */
    static int even(String name, SearchSettings settings, int own) {
        int population = of(name, settings, own, 2);
        if (population % 2 == 0) return population;
        throw new Problem(
                "The population must be even, as candidates come in pairs; found " + population + ".",
                "settings of the search \"" + name + "\"",
                "take " + (population - 1) + " or " + (population + 1));
    }
}
