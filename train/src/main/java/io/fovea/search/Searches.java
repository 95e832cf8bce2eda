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
                    "pgpe",
                    "gradient from pairs, followed by ClipUp; each coordinate has a step size of its own",
                    settings -> new Pgpe(settings, Pgpe.Options.usual())),
            new SearchEntry(
                    "cma-es",
                    "learns scales and correlations of all coordinates; up to " + CmaEs.MOST_DIMENSIONS + " dimensions",
                    settings -> new CmaEs(settings, CmaEs.Options.usual())),
            new SearchEntry(
                    "sep-cma-es", "learns the scale of each coordinate; for many dimensions", SeparableCmaEs::new),
            new SearchEntry(
                    "lm-ma-es",
                    "learns a few directions; for many dimensions that depend on each other",
                    LimitedMemoryMaEs::new),
            new SearchEntry(
                    "es",
                    "the mean of the best quarter, with a step size that adapts itself",
                    settings -> new SimpleEs(settings, SimpleEs.Options.usual())),
            new SearchEntry(
                    "pso",
                    "particles drawn to the best places seen, with limited speed; the talk's",
                    settings -> new ParticleSwarm(settings, ParticleSwarm.Preset.CLASSIC)),
            new SearchEntry(
                    "pso-constriction",
                    "particles that slow down by Clerc and Kennedy's factor",
                    settings -> new ParticleSwarm(settings, ParticleSwarm.Preset.CONSTRICTION)),
            new SearchEntry(
                    "spso2011",
                    "the standard particle swarm of 2011, which does not depend on the axes",
                    settings -> new ParticleSwarm(settings, ParticleSwarm.Preset.SPSO2011)),
            new SearchEntry(
                    "ga",
                    "crossover, mutation and an elite",
                    settings -> new GeneticAlgorithm(settings, GeneticAlgorithm.Options.usual())),
            new SearchEntry(
                    "de",
                    "differences between members are the steps of others; for few dimensions",
                    settings -> new DifferentialEvolution(settings, DifferentialEvolution.Options.usual())));

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
