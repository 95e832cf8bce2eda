package io.fovea.lab;

import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import java.util.List;

/**
 * What a lab learns and how, as its file says.
 *
 * @param pictures that are learned
 * @param networks that learn them, one after the other
 */
public record Recipe(PictureRecipe pictures, List<NetworkRecipe> networks) {

    /** Copies. */
    public Recipe {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) throw new IllegalArgumentException("A recipe needs at least one network");
    }

    /** Returns the recipe of a lab. */
    public static Recipe named(String lab) {
        RecordYaml.Read read = RecipeFile.read(lab);
        return RecordTree.read(read.tree(), Recipe.class, read.place());
    }

    /** Returns the first network, the only one of most labs. */
    public NetworkRecipe network() {
        return networks.getFirst();
    }
}
