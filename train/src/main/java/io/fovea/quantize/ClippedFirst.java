package io.fovea.quantize;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of layers in which whole numbers are computed: what only cuts off goes before what only picks numbers, where it costs nothing, and what
 * has no part in logits is gone.
 */
final class ClippedFirst {

    private ClippedFirst() {}

    /** Returns a network in that order, its batch norms folded, without dropout and softmax. */
    static FoldedNetwork of(Network trained, Weights weights) {
        FoldedNetwork folded = FoldedNetwork.of(trained, weights);
        Map<String, String> instead = new HashMap<>(); // what readers of a node that is gone read
        List<Node> nodes = new ArrayList<>();
        for (Node node : folded.network().nodes()) {
            if (node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.Softmax) {
                instead.put(node.name(), read(instead, node.inputs().getFirst()));
                continue;
            }
            List<String> inputs =
                    node.inputs().stream().map(input -> read(instead, input)).toList();
            nodes.add(new Node(node.name(), node.layer(), inputs));
        }
        Network network = folded.network();
        return new FoldedNetwork(new Network(network.name(), network.input(), clippedFirst(nodes)), folded.weights());
    }

    private static String read(Map<String, String> instead, String name) {
        return instead.getOrDefault(name, name);
    }

    /** Whether a layer gives some of the numbers that it reads, and zeros at most, so that it does the same to whole numbers. */
    static boolean passes(Layer layer) {
        return switch (layer) {
            case Layer.MaxPooling _, Layer.Flatten _, Layer.IdentityShortcut _ -> true;
            case Layer.Upsample upsample -> upsample.interpolation() == Layer.Interpolation.NEAREST;
            default -> false;
        };
    }

    /** Whether a layer only cuts off what whole numbers of a range do not reach. */
    static boolean clips(Layer layer) {
        return layer instanceof Layer.Activation activation
                && (activation.function() == ActivationFunction.RELU
                        || activation.function() == ActivationFunction.RELU6);
    }

    /** Cutting off and picking numbers may change places: the former goes first, where it costs nothing. */
    private static List<Node> clippedFirst(List<Node> nodes) {
        List<Node> ordered = new ArrayList<>(nodes);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < ordered.size() && !changed; i++) {
                Node clip = ordered.get(i);
                if (!clips(clip.layer())) continue;
                String read = clip.inputs().getFirst();
                int at = indexOf(ordered, read);
                if (at < 0 || !passes(ordered.get(at).layer()) || readers(ordered, read) != 1) continue;
                Node passing = ordered.get(at);
                ordered.remove(i);
                ordered.replaceAll(node -> node.inputs().contains(clip.name())
                        ? new Node(node.name(), node.layer(), replaced(node.inputs(), clip.name(), read))
                        : node);
                ordered.set(at, new Node(clip.name(), clip.layer(), passing.inputs()));
                ordered.add(at + 1, new Node(passing.name(), passing.layer(), List.of(clip.name())));
                changed = true;
            }
        }
        return ordered;
    }

    private static List<String> replaced(List<String> names, String name, String other) {
        return names.stream().map(each -> each.equals(name) ? other : each).toList();
    }

    private static int indexOf(List<Node> nodes, String name) {
        for (int i = 0; i < nodes.size(); i++) if (nodes.get(i).name().equals(name)) return i;
        return -1;
    }

    private static long readers(List<Node> nodes, String name) {
        return nodes.stream().filter(node -> node.inputs().contains(name)).count();
    }
}
