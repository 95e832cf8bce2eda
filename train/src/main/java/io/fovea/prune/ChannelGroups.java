package io.fovea.prune;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which channels of a network can only go together: those that are added or multiplied, and those that a depthwise convolution leads on.
 *
 * <p>Every result between two layers has an array of labels, one for each of its channels (of features, for each number). Equal labels are one
 * group. A convolution or dense layer begins groups; layers that treat each channel alone hand labels on; additions unite them.
 */
final class ChannelGroups {

    private final Network network;
    private final List<Integer> parents = new ArrayList<>(); // of a label; a root is its own
    private final Map<String, int[]> labels = new LinkedHashMap<>(); // of a node's output
    private final Map<Integer, TreeSet<String>> layers = new HashMap<>(); // where a label was begun or unites
    private final Map<Integer, String> stays = new HashMap<>(); // label → why
    private final Set<String> weighted = new HashSet<>();

    ChannelGroups(Network network) {
        this.network = network;
        int[] picture = fresh(network.input().size(0), "");
        stay(picture, "the picture");
        labels.put(Network.INPUT, picture);
        Map<String, LayerSummary> summaries = new HashMap<>();
        Inference.of(network).layers().forEach(layer -> summaries.put(layer.name(), layer));
        for (Node node : network.nodes()) {
            if (isWeighted(node.layer())) weighted.add(node.name());
            labels.put(node.name(), output(node, summaries.get(node.name())));
        }
        stay(labels.get(network.nodes().getLast().name()), "the answer");
        network.auxiliaries().forEach(each -> stay(labels.get(each.node()), "an auxiliary answer"));
    }

    private int[] output(Node node, LayerSummary summary) {
        int[] input = labels.get(node.inputs().getFirst());
        return switch (node.layer()) {
            case Layer.Convolution convolution -> convolution(node.name(), convolution, input);
            case Layer.Dense dense -> fresh(dense.outputs(), node.name());
            case Layer.Flatten _ -> repeated(input, summary.inputs().getFirst().count() / input.length);
            case Layer.Add _, Layer.Multiply _ -> united(node);
            case Layer.Concat _ -> joined(node);
            case Layer.IdentityShortcut shortcut -> widened(node.name(), shortcut, input);
            case Layer.LocalResponseNorm _ -> {
                stay(input, "local response norm \"" + node.name() + "\" compares neighbouring channels");
                yield input;
            }
            case Layer.NearestNeighbours neighbours -> {
                stay(input, "nearest neighbours compare all of a code");
                yield fresh(neighbours.outputs(), "");
            }
            case Layer.MaxPooling _, Layer.AveragePooling _, Layer.AdaptiveAveragePooling _ -> input;
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _, Layer.Upsample _ -> input;
            case Layer.Activation _, Layer.Dropout _, Layer.BatchNorm _, Layer.Scale _, Layer.Softmax _ -> input;
        };
    }

    private int[] convolution(String name, Layer.Convolution layer, int[] input) {
        int[] output = fresh(layer.outputChannels(), name);
        if (layer.groups() == 1) return output;
        if (isDepthwise(layer, input.length)) {
            int each = layer.outputChannels() / input.length;
            for (int i = 0; i < output.length; i++) unite(output[i], input[i / each]);
            return output;
        }
        String why = "convolution \"" + name + "\" splits its channels into " + layer.groups() + " groups";
        stay(input, why);
        stay(output, why);
        return output;
    }

    /** Whether every output reads one channel alone. */
    static boolean isDepthwise(Layer.Convolution layer, int inputs) {
        return layer.groups() > 1 && layer.groups() == inputs;
    }

    private int[] united(Node node) {
        int[] first = labels.get(node.inputs().getFirst());
        for (String read : node.inputs().subList(1, node.inputs().size())) {
            int[] other = labels.get(read);
            for (int i = 0; i < first.length; i++) unite(first[i], other[i]);
        }
        return first;
    }

    private int[] joined(Node node) {
        return node.inputs().stream()
                .flatMapToInt(read -> Arrays.stream(labels.get(read)))
                .toArray();
    }

    /** Channels of zeros on either side are marked, so that as many stay before as after. */
    private int[] widened(String name, Layer.IdentityShortcut layer, int[] input) {
        int more = layer.outputChannels() - input.length;
        int[] wide = new int[layer.outputChannels()];
        int[] before = fresh(more / 2, name + " before");
        int[] after = fresh(more - more / 2, name + " after");
        System.arraycopy(before, 0, wide, 0, before.length);
        System.arraycopy(input, 0, wide, before.length, input.length);
        System.arraycopy(after, 0, wide, before.length + input.length, after.length);
        return wide;
    }

    private static int[] repeated(int[] input, long times) {
        int each = Math.toIntExact(times);
        int[] flat = new int[input.length * each];
        for (int i = 0; i < flat.length; i++) flat[i] = input[i / each];
        return flat;
    }

    private int[] fresh(int count, String layer) {
        int[] begun = new int[count];
        for (int i = 0; i < count; i++) {
            begun[i] = parents.size();
            parents.add(begun[i]);
            layers.put(begun[i], new TreeSet<>(layer.isEmpty() ? List.of() : List.of(layer)));
        }
        return begun;
    }

    private void stay(int[] channels, String why) {
        for (int channel : channels) stays.putIfAbsent(root(channel), why);
    }

    private int root(int label) {
        int root = label;
        while (parents.get(root) != root) root = parents.get(root);
        int at = label;
        while (parents.get(at) != root) {
            int next = parents.get(at);
            parents.set(at, root);
            at = next;
        }
        return root;
    }

    private void unite(int a, int b) {
        int first = root(a);
        int second = root(b);
        if (first == second) return;
        parents.set(second, first);
        layers.get(first).addAll(layers.remove(second));
        String why = stays.remove(second);
        if (why != null) stays.putIfAbsent(first, why);
    }

    /** Returns the group of each channel of a node's output, or of the picture: [C], or [D] of features. */
    int[] of(String node) {
        return Arrays.stream(labels.get(node)).map(this::root).toArray();
    }

    /** Returns the layers with weights that have a channel in a group. */
    List<String> layers(int group) {
        return layers.get(group).stream().filter(weighted::contains).toList();
    }

    /** Whether a layer has weights that give each channel. */
    static boolean isWeighted(Layer layer) {
        return layer instanceof Layer.Convolution || layer instanceof Layer.Dense;
    }

    /** Returns why layers keep all their channels: the layer's name and the reason, in the order of layers. */
    Map<String, String> stays() {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            if (!isWeighted(node.layer())) continue;
            String why = stays.get(of(node.name())[0]);
            if (why != null) kept.put(node.name(), why);
        }
        return kept;
    }

    /**
     * Returns the groups that may go, sorted into those between which a choice can be made: groups of one kind have their channels in the same
     * layers. Within a kind they stand in the order of their channels.
     */
    List<List<Integer>> kinds() {
        Map<List<String>, LinkedHashMap<Integer, Integer>> kinds = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            for (int group : of(node.name())) {
                if (stays.containsKey(group)) continue;
                kinds.computeIfAbsent(List.copyOf(layers.get(group)), _ -> new LinkedHashMap<>())
                        .put(group, group);
            }
        }
        return kinds.values().stream().map(kind -> List.copyOf(kind.keySet())).toList();
    }
}
