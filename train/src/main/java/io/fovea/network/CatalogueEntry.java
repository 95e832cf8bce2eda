package io.fovea.network;

import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A network that Fovea knows by name.
 *
 * @param name         as written on the command line
 * @param description  one sentence: its layers and what it is good for
 * @param source       the paper or program it comes from
 * @param defaultInput the picture's shape it was made for, [C, H, W]
 * @param factory      from the picture's shape and the number of classes to the network; its output is logits [N, K]
 */
public record CatalogueEntry(
        String name,
        String description,
        String source,
        Shape defaultInput,
        BiFunction<Shape, Integer, Network> factory) {

    /** Checks that nothing is missing. */
    public CatalogueEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(defaultInput, "defaultInput");
        Objects.requireNonNull(factory, "factory");
    }
}
