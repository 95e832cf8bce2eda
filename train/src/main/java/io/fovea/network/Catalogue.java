package io.fovea.network;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The networks that Fovea knows by name. Each ends with logits [N, K], or with maps [N, K, H, W] in the picture's size; softmax is applied by
 * whoever wants probabilities.
 */
public final class Catalogue {

    private static final List<CatalogueEntry> ENTRIES = Stream.of(
                    ClassicNetworks.entries(),
                    CifarNetworks.entries(),
                    List.of(PhotoCnn.entry(), PointCnn.entry()),
                    ImageNetNetworks.entries(),
                    MapNetworks.entries())
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    /** Returns every network in the order in which a learner may want to meet them. */
    public static List<CatalogueEntry> entries() {
        return ENTRIES;
    }

    /** Returns the names in that order. */
    public static List<String> names() {
        return ENTRIES.stream().map(CatalogueEntry::name).toList();
    }

    /**
     * Returns the entry of that name.
     *
     * @throws Problem that offers the nearest name, if there is none
     */
    public static CatalogueEntry entry(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "No network is named \"" + name + "\".",
                        "the catalogue of networks",
                        Nearest.suggestion(name, names())));
    }

    /**
     * Returns the network that answers with maps and begins with the layers of another, under their names, so that its weights fit; empty if
     * there is none.
     */
    public static Optional<CatalogueEntry> withMapsOn(String backbone) {
        return MapNetworks.onBackbone(backbone).map(Catalogue::entry);
    }

    /**
     * Returns a network for pictures of shape {@code input} and that many outputs: classes, numbers to regress, or maps.
     *
     * @throws Problem if the name is unknown, or the pictures are too small for the network or of a size that it cannot bring back
     */
    public static Network network(String name, Shape input, int outputs) {
        CatalogueEntry entry = entry(name);
        if (outputs < 1) {
            throw new Problem(
                    "A network needs at least 1 output, found " + outputs + ".",
                    "network \"" + name + "\"",
                    "use a dataset with two or more classes, or with numbers to regress");
        }
        if (input.rank() != 3) throw new IllegalArgumentException("The input must be [C, H, W]: " + input);
        Network network = entry.factory().apply(input, outputs);
        Inference.of(network);
        return network;
    }
}
