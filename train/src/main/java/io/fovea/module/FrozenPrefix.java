package io.fovea.module;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first layers of a network as far as none of them learns and all that follows reads nothing but the last of them: what they say of a
 * picture stays the same for the whole of a run.
 *
 * <p>Where the first layer that learns lies in a residual block, the prefix ends before the block, as both of its branches read that output.
 *
 * @param layers their names; the last one's output is what is kept
 * @param output of the last one, [D] or [C, H, W]
 */
public record FrozenPrefix(Set<String> layers, String last, Shape output) {

    /** Copies. */
    public FrozenPrefix {
        layers = Set.copyOf(layers);
    }

    /** Returns the longest prefix; empty if it has no convolution and no dense layer, so that there is nothing to spare. */
    public static Optional<FrozenPrefix> of(Network network, LayerRates rates) {
        if (!network.auxiliaries().isEmpty()) return Optional.empty();
        List<Node> nodes = network.nodes();
        int end = frozen(nodes, rates);
        while (end > 0 && !isReadAlone(nodes, end)) end--;
        List<Node> prefix = nodes.subList(0, end);
        if (prefix.stream().noneMatch(node -> isCostly(node.layer()))) return Optional.empty();
        Set<String> names = new HashSet<>();
        prefix.forEach(node -> names.add(node.name()));
        Shape output = Inference.of(network).layers().get(end - 1).output();
        return Optional.of(new FrozenPrefix(names, nodes.get(end - 1).name(), output));
    }

    /** Returns how many layers, from the first, give the same output in every epoch; the network's last is never among them. */
    private static int frozen(List<Node> nodes, LayerRates rates) {
        int end = 0;
        while (end < nodes.size() - 1 && staysTheSame(nodes.get(end), rates)) end++;
        return end;
    }

    private static boolean staysTheSame(Node node, LayerRates rates) {
        return switch (node.layer()) {
            case Layer.Convolution _, Layer.Dense _, Layer.BatchNorm _ -> rates.isFrozen(node.name());
            case Layer.Dropout _, Layer.NearestNeighbours _, Layer.Softmax _ -> false;
            case Layer.MaxPooling _,
                    Layer.AveragePooling _,
                    Layer.AdaptiveAveragePooling _,
                    Layer.GlobalAveragePooling _,
                    Layer.GlobalMaxPooling _,
                    Layer.Activation _,
                    Layer.LocalResponseNorm _,
                    Layer.Scale _,
                    Layer.Flatten _,
                    Layer.Add _,
                    Layer.Multiply _,
                    Layer.Upsample _,
                    Layer.Concat _,
                    Layer.IdentityShortcut _ -> true;
        };
    }

    /** Whether the layers from {@code end} on read, of all before them and the picture, only the layer at {@code end - 1}. */
    private static boolean isReadAlone(List<Node> nodes, int end) {
        Set<String> readable = new HashSet<>(Set.of(nodes.get(end - 1).name()));
        for (Node node : nodes.subList(end, nodes.size())) {
            if (!readable.containsAll(node.inputs())) return false;
            readable.add(node.name());
        }
        return true;
    }

    private static boolean isCostly(Layer layer) {
        return switch (layer) {
            case Layer.Convolution _, Layer.Dense _ -> true;
            default -> false;
        };
    }

    /** Returns how many convolutions and dense layers it has. */
    public int weighted(Network network) {
        return (int) network.nodes().stream()
                .filter(node -> layers.contains(node.name()) && isCostly(node.layer()))
                .count();
    }
}
