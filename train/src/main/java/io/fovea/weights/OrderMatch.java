package io.fovea.weights;

import io.fovea.network.Layer;
import io.fovea.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds a network's layers in a file by shapes and order, where names say nothing.
 *
 * <p>Layers whose tensors have the same shapes form a class. Each class must have as many layers in the file as in the network, and
 * then the first belongs to the first, and so on. That is certain only where the network has the layers of a class one after another;
 * of two that stand side by side nobody knows which comes first in the file, and then nothing is matched. The last layer is known by
 * its place alone, for its number of classes may be any.
 */
final class OrderMatch {

    private final NetworkTensors network;
    private final List<FileLayer> layers;
    private final boolean normsAreFolded;

    private OrderMatch(NetworkTensors network, Collection<NamedTensor> tensors) {
        this.network = network;
        this.layers = FileLayer.of(tensors);
        this.normsAreFolded = layers.stream().noneMatch(layer -> layer.tensors().containsKey("running_mean"));
    }

    /** Returns the tensors under the network's names, if there is exactly one way. */
    static Optional<List<NamedTensor>> of(NetworkTensors network, Collection<NamedTensor> tensors) {
        return new OrderMatch(network, tensors).matched();
    }

    private Optional<List<NamedTensor>> matched() {
        List<Node> wanted = new ArrayList<>(
                network.layers().stream().filter(node -> !isFolded(node)).toList());
        if (layers.size() != wanted.size() || network.outputs().size() != 1) return Optional.empty();
        Map<Node, FileLayer> pairs = new LinkedHashMap<>();
        Optional<FileLayer> last = last();
        if (last.isEmpty()) return Optional.empty();
        pairs.put(network.output(), last.get());
        wanted.remove(network.output());
        Map<String, List<Node>> classes = classes(wanted);
        Map<String, List<FileLayer>> found = new HashMap<>();
        for (FileLayer layer : layers) {
            if (layer != last.get())
                found.computeIfAbsent(signature(layer), _ -> new ArrayList<>()).add(layer);
        }
        for (Map.Entry<String, List<Node>> entry : classes.entrySet()) {
            List<FileLayer> same = found.getOrDefault(entry.getKey(), List.of());
            if (same.size() != entry.getValue().size() || !follow(entry.getValue())) return Optional.empty();
            for (int i = 0; i < same.size(); i++) pairs.put(entry.getValue().get(i), same.get(i));
        }
        List<NamedTensor> named = new ArrayList<>();
        pairs.forEach((node, layer) -> layer.tensors()
                .forEach((word, tensor) ->
                        named.add(new NamedTensor(node.name() + "." + word, tensor.shape(), tensor.values()))));
        return Optional.of(named);
    }

    private boolean isFolded(Node node) {
        return normsAreFolded && node.layer() instanceof Layer.BatchNorm;
    }

    private Map<String, List<Node>> classes(List<Node> wanted) {
        Map<String, List<Node>> classes = new LinkedHashMap<>();
        for (Node node : wanted)
            classes.computeIfAbsent(signature(node), _ -> new ArrayList<>()).add(node);
        return classes;
    }

    /** Returns the last layer of the file that can be the network's last. */
    private Optional<FileLayer> last() {
        String wanted = withoutOutputs(signature(network.output()));
        return layers.reversed().stream()
                .filter(layer -> withoutOutputs(signature(layer)).equals(wanted))
                .findFirst();
    }

    private static String withoutOutputs(String signature) {
        return signature.replaceAll("\\[\\d+", "[K");
    }

    /** Whether each of the layers depends on the one before it. */
    private boolean follow(List<Node> nodes) {
        for (int i = 1; i < nodes.size(); i++) {
            if (!network.before(nodes.get(i).name()).contains(nodes.get(i - 1).name())) return false;
        }
        return true;
    }

    private String signature(Node node) {
        Map<String, String> shapes = new TreeMap<>();
        Set<String> words = new HashSet<>(Set.of("weight", "bias", "running_mean", "running_var"));
        for (String word : words) {
            int[] shape = network.shapes().get(node.name() + "." + word);
            if (shape != null) shapes.put(word, Arrays.toString(shape));
        }
        if (normsAreFolded && network.normAfter(node).isPresent()) {
            shapes.put("bias", "[" + network.shapes().get(node.name() + ".weight")[0] + "]");
        }
        return shapes.toString();
    }

    private static String signature(FileLayer layer) {
        Map<String, String> shapes = new TreeMap<>();
        layer.tensors().forEach((word, tensor) -> shapes.put(word, Arrays.toString(tensor.shape())));
        return shapes.toString();
    }
}
