package io.fovea.lab;

import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the lab {@code hybrid} compares, as its file says.
 *
 * @param pictures that are learned
 * @param network  how those learn that learn by backpropagation
 * @param whole    how long is searched for the whole lab
 * @param quick    how long for a look
 * @param methods  the rows in the order of the tables
 */
public record HybridRecipe(
        PictureRecipe pictures, NetworkRecipe network, Effort whole, Effort quick, List<HybridMethod> methods) {

    /** Copies. */
    public HybridRecipe {
        methods = List.copyOf(methods);
    }

    /**
     * How long is searched and measured.
     *
     * @param perFilter         generations for each filter of the searches that take one after the other, as the talk does
     * @param together          generations of the search that takes all filters side by side
     * @param speedMilliseconds for which each model's speed is measured
     */
    public record Effort(int perFilter, int together, int speedMilliseconds) {

        /** Returns the same with other generations for each filter, if somebody chose them. */
        Effort with(OptionalInt generations) {
            if (generations.isPresent() && generations.getAsInt() < 1)
                throw new Choice.OutOfRange("--generations must be at least 1: " + generations.getAsInt());
            return new Effort(generations.orElse(perFilter), together, speedMilliseconds);
        }
    }

    /** Reads the recipe. */
    static HybridRecipe read() {
        RecordYaml.Read read = RecipeFile.read("hybrid");
        return RecordTree.read(read.tree(), HybridRecipe.class, read.place());
    }
}
