package io.fovea.prune;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network whose maps are averaged over the whole picture and answered by one dense layer, in the place of a flatten layer and the dense layers behind it, which
 * mostly hold most of the weights.
 *
 * <p>Source: Lin, Chen and Yan 2014, "Network In Network", arXiv:1312.4400, section 3.2, with a dense layer after the pooling as in He et al. 2016,
 * arXiv:1512.03385.
 */
public final class GlobalPooling {

    private GlobalPooling() {}

    /**
     * Returns the network with pooling. Layers before it keep their names, so that their weights fit; the last dense layer keeps its name too, and reads other
     * inputs than before. Where no activation stands before the pooling, the one behind the first dense layer does.
     *
     * @throws Problem if the network has no flatten layer on maps of several pixels, or what follows it is no line of dense layers
     */
    public static Network of(Network trained) {
        Network network = trained.forPrediction();
        Map<String, LayerSummary> summaries = new HashMap<>();
        Inference.of(network).layers().forEach(layer -> summaries.put(layer.name(), layer));
        int flatten = flatten(network, summaries);
        Node head = head(network, flatten);
        checkTail(network, flatten);
        List<Node> nodes = new ArrayList<>(network.nodes().subList(0, flatten));
        String maps = network.nodes().get(flatten).inputs().getFirst();
        while (isPooledAnyway(network, maps)) {
            String gone = maps;
            Node node = node(network, gone);
            maps = node.inputs().getFirst();
            nodes.removeIf(each -> each.name().equals(gone));
        }
        Set<String> taken = new HashSet<>();
        nodes.forEach(node -> taken.add(node.name()));
        taken.add(head.name());
        String pooling = unused("global_pooling", taken);
        String flat = network.nodes().get(flatten).name();
        if (!isActivated(network, maps)) {
            Optional<Node> activation = firstActivation(network, flatten);
            if (activation.isPresent()) {
                nodes.add(new Node(activation.get().name(), activation.get().layer(), List.of(maps)));
                maps = activation.get().name();
            }
        }
        nodes.add(new Node(pooling, new Layer.GlobalAveragePooling(), List.of(maps)));
        nodes.add(new Node(flat, new Layer.Flatten(), List.of(pooling)));
        int outputs = summaries.get(head.name()).output().size(0);
        nodes.add(new Node(head.name(), new Layer.Dense(outputs, Layer.Bias.WITH), List.of(flat)));
        int last = network.nodes().indexOf(head);
        String read = head.name();
        for (Node node : network.nodes().subList(last + 1, network.nodes().size())) {
            nodes.add(new Node(node.name(), node.layer(), List.of(read)));
            read = node.name();
        }
        return new Network(network.name() + "-pooled", network.input(), nodes);
    }

    private static int flatten(Network network, Map<String, LayerSummary> summaries) {
        for (int i = network.nodes().size() - 1; i >= 0; i--) {
            Node node = network.nodes().get(i);
            if (!(node.layer() instanceof Layer.Flatten)) continue;
            Shape maps = summaries.get(node.name()).inputs().getFirst();
            if (maps.rank() == 3 && maps.size(1) * maps.size(2) > 1 && hasConvolution(network, i)) return i;
            if (maps.rank() == 3 && maps.size(1) * maps.size(2) == 1)
                throw refused(network, "its maps are pooled to one pixel already");
        }
        throw refused(network, "it has no dense layers that read maps of convolutions");
    }

    private static boolean hasConvolution(Network network, int end) {
        return network.nodes().subList(0, end).stream().anyMatch(node -> node.layer() instanceof Layer.Convolution);
    }

    private static void checkTail(Network network, int flatten) {
        for (Node node : network.nodes().subList(flatten + 1, network.nodes().size())) {
            boolean plain =
                    switch (node.layer()) {
                        case Layer.Dense _, Layer.Activation _, Layer.Dropout _, Layer.BatchNorm _ -> true;
                        case Layer.Scale _, Layer.Softmax _ -> true;
                        default -> false;
                    };
            if (!plain) throw refused(network, "layer \"" + node.name() + "\" behind its maps is no dense layer");
        }
    }

    private static Problem refused(Network network, String why) {
        return new Problem(
                "There are no dense layers that pooling could take the place of: " + why + ".",
                "network \"" + network.name() + "\"",
                "prune its channels instead");
    }

    private static Node head(Network network, int flatten) {
        return network.head()
                .filter(node -> network.nodes().indexOf(node) > flatten)
                .orElseThrow(() -> refused(network, "its answer is a convolution's"));
    }

    /** What only brings maps to the size that dense layers want, or drops some of their pixels, is not needed any more. */
    private static boolean isPooledAnyway(Network network, String name) {
        if (name.equals(Network.INPUT)) return false;
        Layer layer = node(network, name).layer();
        boolean alone = network.nodes().stream()
                        .filter(node -> node.inputs().contains(name))
                        .count()
                == 1;
        return alone && (layer instanceof Layer.AdaptiveAveragePooling || layer instanceof Layer.Dropout);
    }

    /** Whether maps have passed through an activation since their last weights; a mean of what is linear would say nothing of places. */
    private static boolean isActivated(Network network, String maps) {
        for (String name = maps;
                !name.equals(Network.INPUT);
                name = node(network, name).inputs().getFirst()) {
            switch (node(network, name).layer()) {
                case Layer.Activation _ -> {
                    return true;
                }
                case Layer.MaxPooling _, Layer.AveragePooling _, Layer.Dropout _, Layer.LocalResponseNorm _ -> {}
                case Layer.BatchNorm _, Layer.Convolution _ -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }
        return true;
    }

    private static Optional<Node> firstActivation(Network network, int flatten) {
        return network.nodes().subList(flatten, network.nodes().size()).stream()
                .filter(node -> node.layer() instanceof Layer.Activation)
                .findFirst();
    }

    private static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String unused(String wanted, Set<String> taken) {
        String name = wanted;
        while (taken.contains(name)) name = name + "_";
        return name;
    }
}
