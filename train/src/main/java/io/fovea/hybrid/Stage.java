package io.fovea.hybrid;

import io.fovea.candidate.Block;
import io.fovea.candidate.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Blocks that are searched side by side for some generations.
 *
 * @param blocks      what is searched
 * @param generations how many
 * @param refits      whether the head is fitted anew afterwards
 */
record Stage(List<Block> blocks, int generations, Refit refits) {

    /** Serial search fits the head anew after so many filters. */
    private static final int FILTERS_PER_REFIT = 16;

    /** When the head is fitted to the changed kernels. */
    enum Refit {
        /** The next stage is judged by the same head. */
        NO,
        /** After the stage. */
        AFTER,
        /** After the stage, and within it each time that {@link EvolutionSettings#refit} generations have passed. */
        WITHIN
    }

    /** Returns the plan of an evolution. */
    static List<Stage> plan(EvolutionSettings settings, Topology topology) {
        List<Block> filters = IntStream.range(0, topology.secondFilters())
                .<Block>mapToObj(Block.Filter::new)
                .toList();
        int generations = settings.generations();
        if (generations == 0) return List.of();
        return switch (settings.mode()) {
            case PARALLEL -> rounds(filters, generations, settings);
            case JOINT -> List.of(new Stage(List.of(new Block.BothLayers()), generations, whenMeansChange(settings)));
            case SERIAL_LAYER -> {
                int first = Math.max(1, generations / 4);
                List<Stage> stages = new ArrayList<>();
                stages.add(new Stage(List.of(new Block.FirstLayer()), first, whenMeansChange(settings)));
                stages.addAll(rounds(filters, Math.max(1, generations - first), settings));
                yield stages;
            }
            case SERIAL_FILTER -> {
                List<Stage> stages = new ArrayList<>();
                for (int f = 0; f < filters.size(); f++) {
                    boolean refits = (f + 1) % FILTERS_PER_REFIT == 0 || f + 1 == filters.size();
                    stages.add(new Stage(List.of(filters.get(f)), generations, refits ? Refit.AFTER : Refit.NO));
                }
                yield stages;
            }
        };
    }

    /** Returns how many heads a serial search fits after its first one. */
    static int fits(int filters) {
        return Math.ceilDiv(filters, FILTERS_PER_REFIT);
    }

    /** As long as the kernels stay the same, so does the head. */
    private static Refit whenMeansChange(EvolutionSettings settings) {
        return settings.followsGradient() ? Refit.WITHIN : Refit.AFTER;
    }

    /** Means that take effect at once need one stage; searches that take effect at their end are begun anew after each fit of the head. */
    private static List<Stage> rounds(List<Block> blocks, int generations, EvolutionSettings settings) {
        if (settings.followsGradient()) return List.of(new Stage(blocks, generations, Refit.WITHIN));
        List<Stage> stages = new ArrayList<>();
        for (int left = generations; left > 0; left -= settings.refit()) {
            stages.add(new Stage(blocks, Math.min(left, settings.refit()), Refit.AFTER));
        }
        return stages;
    }
}
