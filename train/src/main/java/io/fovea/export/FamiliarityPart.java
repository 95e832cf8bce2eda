package io.fovea.export;

import io.fovea.image.Preprocessing;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a network where pictures are compared with the training pictures.
 *
 * <p>Three places tell different things. Statistics of the picture tell how it looks: noise, drawings, photographs, blank pictures, whatever the
 * network has learned to see. The first maps tell the same in more detail, where the network has learned to see it. What the network answers from
 * tells what is on it.
 *
 * @param node  whose result is compared
 * @param form  how it becomes a vector
 * @param width D of the vector
 * @param most  how many main directions are kept apart
 */
record FamiliarityPart(String node, Form form, int width, int most) {

    /** How a result becomes a vector. */
    sealed interface Form permits Picture, Maps, Vector {}

    /** The picture becomes the logarithms of the energies of fixed filters, [F]. */
    record Picture(PictureFilters filters) implements Form {}

    /** Maps [C, H, W] become the mean and the root of the mean square of each, [2C]. */
    record Maps() implements Form {}

    /** A vector stays as it is. */
    record Vector() implements Form {}

    /** Directions of first maps. */
    private static final int TEXTURE_DIRECTIONS = 16;
    /** Directions of what the network answers from. */
    private static final int FEATURE_DIRECTIONS = 32;
    /** Directions in a network of whole numbers, where bytes are few. */
    private static final int FEW_DIRECTIONS = 4;
    /** What the numbers of the features may take: with those of the other places and the graph less than 64 KB. */
    private static final int MOST_FEATURE_BYTES = 54_000;
    /** Longer vectors would have fewer than six directions. */
    private static final int LONGEST = 5_000;

    /** How much room there is. */
    enum Room {
        /** Up to 64 KB. */
        AMPLE,
        /** As little as will do: in an engine of whole numbers. */
        SCARCE
    }

    /**
     * Returns the places of a network that predicts: the picture, unless it is too small; where there is room the first convolution with
     * what norms and activates it; and what the last layer with weights or neighbours reads.
     *
     * @param features the node that gives what the answer is made from; empty if that is the picture
     */
    static List<FamiliarityPart> of(
            Network network,
            NetworkSummary summary,
            Preprocessing preprocessing,
            Optional<String> features,
            Room room) {
        List<FamiliarityPart> parts = new ArrayList<>();
        if (PictureFilters.fit(preprocessing.channels(), preprocessing.height(), preprocessing.width())) {
            int count = PictureFilters.count(preprocessing.channels());
            parts.add(new FamiliarityPart(Network.INPUT, new Picture(PictureFilters.of(preprocessing)), count, count));
        }
        if (room == Room.AMPLE)
            firstMaps(network)
                    .ifPresent(node -> parts.add(new FamiliarityPart(
                            node, new Maps(), 2 * shape(summary, node).size(0), TEXTURE_DIRECTIONS)));
        features.filter(node -> parts.stream().noneMatch(part -> part.node().equals(node)))
                .flatMap(node -> features(network, summary, node, room))
                .ifPresent(parts::add);
        return parts;
    }

    /** Vectors so long that even a few directions take too much are looked at before they were flattened, or left out. */
    private static Optional<FamiliarityPart> features(Network network, NetworkSummary summary, String node, Room room) {
        if (node.equals(Network.INPUT)) return Optional.empty();
        Shape shape = shape(summary, node);
        if (shape.rank() == 1 && shape.size(0) > LONGEST) {
            Node reader = network.nodes().stream()
                    .filter(each -> each.name().equals(node))
                    .findFirst()
                    .orElseThrow();
            boolean passes = reader.layer() instanceof Layer.Flatten
                    || reader.layer() instanceof Layer.Dropout
                    || reader.layer() instanceof Layer.Activation;
            return passes ? features(network, summary, reader.inputs().getFirst(), room) : Optional.empty();
        }
        Form form = shape.rank() == 1 ? new Vector() : new Maps();
        int width = shape.rank() == 1 ? shape.size(0) : 2 * shape.size(0);
        int most = (MOST_FEATURE_BYTES - 4 * width) / width;
        return Optional.of(new FamiliarityPart(
                node, form, width, Math.min(most, room == Room.AMPLE ? FEATURE_DIRECTIONS : FEW_DIRECTIONS)));
    }

    private static Optional<String> firstMaps(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Convolution)
                .findFirst()
                .map(node -> finished(network, node.name()));
    }

    /** Follows a result through the norm and the activation that alone read it, as runtimes compute them together. */
    private static String finished(Network network, String name) {
        List<Node> readers = network.nodes().stream()
                .filter(node -> node.inputs().contains(name))
                .toList();
        if (readers.size() != 1) return name;
        return switch (readers.getFirst().layer()) {
            case Layer.BatchNorm _, Layer.Activation _ ->
                finished(network, readers.getFirst().name());
            default -> name;
        };
    }

    private static Shape shape(NetworkSummary summary, String node) {
        return summary.layers().stream()
                .filter(layer -> layer.name().equals(node))
                .map(LayerSummary::output)
                .findFirst()
                .orElseThrow();
    }
}
