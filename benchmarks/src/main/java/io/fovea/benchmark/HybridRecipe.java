package io.fovea.benchmark;

import java.util.List;

/**
 * A hybrid that is made for the records.
 *
 * @param name    of the recipe
 * @param dataset a set of {@link HybridDatasets}
 * @param options of {@code fovea shrink hybrid}, beside the dataset and the seed
 */
record HybridRecipe(String name, String dataset, List<String> options) {

    /** All of them, the quickest and those with a figure to reach first. */
    static final List<HybridRecipe> ALL = List.of(
            new HybridRecipe("mnist-4000", "mnist-4000", List.of()),
            new HybridRecipe("mnist", "mnist", List.of()),
            new HybridRecipe("mnist-74KB", "mnist", List.of("--engine-size", "74KB")),
            new HybridRecipe("mnist-36KB", "mnist", List.of("--engine-size", "36KB")),
            new HybridRecipe("fashion-mnist", "fashion-mnist", List.of()),
            new HybridRecipe("cifar10", "cifar10", List.of()));
}
