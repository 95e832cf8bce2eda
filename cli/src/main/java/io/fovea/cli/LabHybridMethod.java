package io.fovea.cli;

import io.fovea.hybrid.EvolutionMode;
import io.fovea.hybrid.EvolutionSettings;
import io.fovea.hybrid.KernelSource;
import io.fovea.job.HybridChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One way to a classifier: a row of the lab's tables.
 *
 * @param key   names its files
 * @param words names its row
 * @param way   how it is made
 * @param talk  what the talk says of it
 */
record LabHybridMethod(String key, String words, Way way, Talk talk) {

    /** The network without slicing, whose speed is compared. */
    static final String WHOLE_NETWORK = "mnist-cnn";

    /** What {@code shrink hybrid} does if nothing else is asked for. */
    static final String USUAL = "kmeans-es-adam";

    /** The same within the talk's 74 KB, references included. */
    static final String SMALL = "kmeans-es-adam-74kb";

    private static final long SMALL_BYTES = 74 * 1024;

    /** How a classifier is made. */
    sealed interface Way {

        /** A network of the catalogue learns by backpropagation. */
        record Backpropagation(String network) implements Way {}

        /**
         * Its dense layers are cut off and nearest neighbours decide.
         *
         * @param engineBytes the most that the engine may take; empty: all references
         */
        record Slicing(KernelSource kernels, EvolutionSettings evolution, OptionalLong engineBytes) implements Way {}
    }

    /**
     * Figures of the talk, as it prints them; a dash where it has none.
     *
     * @param fewFive   accuracy of {@link LabHybridColumn#FEW_5}
     * @param allFive   of {@link LabHybridColumn#ALL_5}
     * @param fewTwenty of {@link LabHybridColumn#FEW_20}
     * @param size      of the engine
     * @param time      to make it
     */
    record Talk(String fewFive, String allFive, String fewTwenty, String size, String time) {

        static final Talk NOTHING =
                new Talk(LabTable.NOTHING, LabTable.NOTHING, LabTable.NOTHING, LabTable.NOTHING, LabTable.NOTHING);

        /** Returns the accuracy in a column. */
        String accuracy(LabHybridColumn column) {
            return switch (column) {
                case FEW_5 -> fewFive;
                case ALL_5 -> allFive;
                case FEW_20 -> fewTwenty;
            };
        }
    }

    /**
     * How long is searched.
     *
     * @param perFilter generations for each filter of the searches that take one after the other, as the talk does
     * @param together  generations of the search that takes all filters side by side
     */
    record Effort(int perFilter, int together) {

        /** For the whole lab. */
        static final Effort WHOLE = new Effort(40, EvolutionSettings.usual().generations());

        /** For a look. */
        static final Effort QUICK = new Effort(2, 20);
    }

    /** Returns all rows in the order of the tables. Source of the figures: the talk's slides 26 to 28. */
    static List<LabHybridMethod> all(Effort effort) {
        List<LabHybridMethod> methods = new ArrayList<>();
        String unsaid = LabTable.NOTHING;
        methods.add(network(WHOLE_NETWORK, new Talk("97.5", "99.91", "98", "4.5 MB", "45 s on a GPU")));
        methods.add(network("hybrid-64", new Talk("97", "98.96", "97.5", "0.5 MB", unsaid)));
        methods.add(network("hybrid-32", new Talk("97", "98.98", "97.5", "273 KB", unsaid)));
        methods.add(network("hybrid-16", new Talk("96.1", "98.65", "97.4", "174 KB", unsaid)));
        methods.add(network("hybrid-8", new Talk("87.5", "97.8", "96.5", "124 KB", unsaid)));
        Talk cmaEs = new Talk("97.5", "98.57", "97.5", "74 KB", "24 h on 6 cores");
        Talk swarm = new Talk("97.3", "98.52", "97.3", "74 KB", "12 h on 6 cores");
        for (KernelSource start : List.of(new KernelSource.Random(), new KernelSource.Clustered())) {
            String from = start instanceof KernelSource.Random ? "random" : "k-means";
            methods.add(sliced(
                    start.name(), from + ", no evolution", start, usual(start).withGenerations(0), Talk.NOTHING));
            methods.add(filterByFilter(start, from + ", CMA-ES", "cma-es", effort, cmaEs));
            methods.add(filterByFilter(start, from + ", PSO", "pso", effort, swarm));
        }
        KernelSource clustered = new KernelSource.Clustered();
        EvolutionSettings together = usual(clustered).withGenerations(effort.together());
        methods.add(sliced(USUAL, "k-means, ES-Adam (the default)", clustered, together, Talk.NOTHING));
        methods.add(new LabHybridMethod(
                SMALL,
                "the default within 74 KB",
                new Way.Slicing(clustered, together, OptionalLong.of(SMALL_BYTES)),
                Talk.NOTHING));
        return List.copyOf(methods);
    }

    private static LabHybridMethod network(String name, Talk talk) {
        return new LabHybridMethod(name, name, new Way.Backpropagation(name), talk);
    }

    private static LabHybridMethod filterByFilter(
            KernelSource start, String words, String search, Effort effort, Talk talk) {
        EvolutionSettings evolution =
                usual(start).with(search, EvolutionMode.SERIAL_FILTER).withGenerations(effort.perFilter());
        return sliced(start.name() + "-" + search, words, start, evolution, talk);
    }

    private static LabHybridMethod sliced(
            String key, String words, KernelSource start, EvolutionSettings evolution, Talk talk) {
        return new LabHybridMethod(key, words, new Way.Slicing(start, evolution, OptionalLong.empty()), talk);
    }

    private static EvolutionSettings usual(KernelSource start) {
        EvolutionSettings usual = EvolutionSettings.usual();
        return start instanceof KernelSource.Random ? usual.withStepSize(HybridChoice.STEP_FROM_RANDOM) : usual;
    }

    /** Whether something is evolved. */
    boolean evolves() {
        return way instanceof Way.Slicing slicing && slicing.evolution().generations() > 0;
    }
}
