package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Which layer of a network is meant, and which is taken where nobody chose. */
final class LayerChoice {

    /** More names than a reader looks through. */
    private static final int MOST_NAMES = 100;

    private final Network network;
    private final NetworkSummary summary;
    private final String where;

    LayerChoice(Network network, NetworkSummary summary, String where) {
        this.network = network;
        this.summary = summary;
        this.where = where;
    }

    /** Returns the layer whose values are the network's result: the last, but for a softmax or dropout after it. */
    static Node answering(Network network) {
        return network.nodes().reversed().stream()
                .filter(node -> !(node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Dropout))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the layer of that name.
     *
     * @throws Problem that offers the nearest name, if there is none
     */
    Node named(String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "No layer is named \"" + name + "\".",
                        place(),
                        suggestion(
                                name, network.nodes().stream().map(Node::name).toList())));
    }

    /** Returns the nearest of many names, and as many of them as a reader looks through. */
    static String suggestion(String name, List<String> names) {
        if (names.size() <= MOST_NAMES) return Nearest.suggestion(name, names);
        String some = String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
        return Nearest.to(name, names)
                .map(nearest -> "did you mean \"" + nearest + "\"? Valid: " + some)
                .orElse("use one of: " + some);
    }

    /**
     * Returns the layer whose maps Grad-CAM weighs: the last of those that give the smallest maps, of more than one pixel, that a convolution gives;
     * so in a classifier what the last convolution ends in, its batch norm, sum and activation counted in, and in a network that brings maps back to
     * the size of the picture the narrowest part.
     *
     * @param result the layer that the score is computed from; only layers before it count
     * @throws Problem if no layer gives maps
     */
    Node weighed(String result) {
        List<LayerSummary> before = summary.layers().stream()
                .takeWhile(layer -> !layer.name().equals(result))
                .filter(layer -> area(layer.output()) > 1)
                .toList();
        int smallest = before.stream()
                .filter(layer -> layer.layer() instanceof Layer.Convolution)
                .mapToInt(layer -> area(layer.output()))
                .min()
                .orElseThrow(() -> new Problem(
                        "The network has no layer of maps whose places could be weighed.",
                        place(),
                        "use --occlusion, which needs no maps, or a network with convolutions"));
        return named(before.reversed().stream()
                .filter(layer -> area(layer.output()) == smallest && holdsPlaces(layer.layer()))
                .findFirst()
                .orElseThrow()
                .name());
    }

    /** Returns a layer whose maps can be weighed. */
    Node weighed(String name, String result) {
        Node node = named(name);
        if (area(summary.layer(name).output()) == 0) {
            throw new Problem(
                    "Layer \"" + name + "\" gives features "
                            + summary.layer(name).output() + ", which have no places in the picture.",
                    place(),
                    "name a layer that gives maps, such as \"" + weighed(result).name() + "\"");
        }
        boolean isBefore = summary.layers().stream()
                .takeWhile(layer -> !layer.name().equals(result))
                .anyMatch(layer -> layer.name().equals(name));
        if (isBefore) return node;
        throw new Problem(
                "Layer \"" + name + "\" is what the network answers with, and does not lead to it.",
                place(),
                "name a layer before it, such as \"" + weighed(result).name() + "\"");
    }

    /** Returns the last convolution. */
    Optional<Node> lastConvolution() {
        return network.nodes().reversed().stream()
                .filter(node -> node.layer() instanceof Layer.Convolution)
                .findFirst();
    }

    /** Returns what problems name. */
    String place() {
        return where + ", network \"" + network.name() + "\"";
    }

    private static int area(Shape shape) {
        return shape.rank() == 3 ? shape.size(1) * shape.size(2) : 0;
    }

    /** Whether a layer makes something of its places, and does not only hand them on or move them. */
    private static boolean holdsPlaces(Layer layer) {
        return switch (layer) {
            case Layer.Convolution _, Layer.BatchNorm _, Layer.Activation _, Layer.LocalResponseNorm _ -> true;
            case Layer.Add _, Layer.Multiply _, Layer.Concat _ -> true;
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.AdaptiveAveragePooling _ -> false;
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _, Layer.Dense _, Layer.Dropout _ -> false;
            case Layer.Scale _, Layer.Flatten _, Layer.Upsample _, Layer.IdentityShortcut _ -> false;
            case Layer.NearestNeighbours _, Layer.Softmax _ -> false;
        };
    }
}
