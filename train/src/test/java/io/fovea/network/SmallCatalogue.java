package io.fovea.network;

import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.util.List;
import java.util.stream.IntStream;

/** The networks of the catalogue as small as tests want them: pictures of at most 64x64, ten classes. */
public final class SmallCatalogue {

    /** More take seconds each. */
    private static final int MANY_PARAMETERS = 20_000_000;

    private static final int LARGEST_SIDE = 64;
    private static final int CLASSES = 10;

    private SmallCatalogue() {}

    /** Returns the names of those with few parameters. */
    public static List<String> names() {
        return namesBelow(MANY_PARAMETERS);
    }

    /** Returns the names of those with fewer parameters. */
    public static List<String> namesBelow(int parameters) {
        return Catalogue.entries().stream()
                .map(CatalogueEntry::name)
                .filter(name -> Inference.of(network(name)).parameters() < parameters)
                .toList();
    }

    /** Returns one of the catalogue. */
    public static Network network(String name) {
        CatalogueEntry entry = Catalogue.entry(name);
        Shape made = entry.defaultInput();
        int side = Math.min(made.size(1), LARGEST_SIDE);
        return Catalogue.network(
                name, new Shape(made.size(0), side, side), entry.givesMaps() ? entry.defaultClasses() : CLASSES);
    }

    /** Returns a task that fits what a network gives. */
    public static Task task(Network network) {
        Shape output = Inference.of(network).output();
        if (output.rank() == 1) return Classification.numbered(output.size(0));
        if (network.input().equals(output)) return new Reconstruction();
        return new Segmentation(
                IntStream.range(0, output.size(0)).mapToObj(Integer::toString).toList());
    }
}
