package io.fovea.network;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * A network that Fovea knows by name.
 *
 * @param name           as written on the command line
 * @param description    one sentence: its layers and what it is good for
 * @param source         the paper or program it comes from, short enough for a table
 * @param publishedTop1  percent of the pictures it was made for that it classified rightly, as published: of ImageNet's validation
 *                       pictures, or CIFAR-10's test pictures
 * @param defaultInput   the picture's shape it was made for, [C, H, W]
 * @param defaultClasses how many classes it was made for
 * @param factory        from the picture's shape and the number of classes to the network; its output is logits [N, K], or maps [N, K, H, W]
 */
public record CatalogueEntry(
        String name,
        String description,
        String source,
        OptionalDouble publishedTop1,
        Shape defaultInput,
        int defaultClasses,
        BiFunction<Shape, Integer, Network> factory) {

    /** Checks that nothing is missing. */
    public CatalogueEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(publishedTop1, "publishedTop1");
        Objects.requireNonNull(defaultInput, "defaultInput");
        Objects.requireNonNull(factory, "factory");
    }

    /** Returns whether it answers with maps, for segmentation or pictures, and not with one row of numbers. */
    public boolean givesMaps() {
        return Inference.of(network()).output().rank() == 3;
    }

    /** Returns the network for the pictures and classes it was made for. */
    public Network network() {
        return factory.apply(defaultInput, defaultClasses);
    }
}
