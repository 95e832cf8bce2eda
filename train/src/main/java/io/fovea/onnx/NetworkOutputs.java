package io.fovea.onnx;

import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a network's ONNX file can be asked for: first the answer, then what the answer comes from.
 *
 * <ul>
 *   <li>{@code features} [N, D]: what the last layer with weights reads, the head's input; where that are maps, the mean of each.
 *   <li>of a classifier that searches nearest neighbours instead {@code codes} [N, D], what is searched by; {@code neighbours} [N, k], the
 *       positions of the nearest references, nearest first; {@code neighbour_labels} [N, k], their labels; {@code distances} [N, k],
 *       their squared Euclidean distances.
 * </ul>
 *
 * @param all    in the order of the file
 * @param source the node that gives features or codes; empty if the head reads the picture itself
 * @param form   whether that node's result is the output as it is, or maps whose means are
 */
public record NetworkOutputs(List<ModelOutput> all, Optional<String> source, Form form) {

    /** How the source's result becomes the output. */
    public enum Form {
        AS_IT_IS,
        MEANS_OF_MAPS
    }

    public static final String NEIGHBOURS = "neighbours";
    public static final String NEIGHBOUR_LABELS = "neighbour_labels";
    public static final String DISTANCES = "distances";

    /** Of every network that has learned what its training pictures have in common. */
    public static final ModelOutput UNFAMILIARITY = ModelOutput.floats(
            ModelOutput.UNFAMILIARITY,
            1,
            "squared distance to the training pictures; beyond the threshold's square, unlike them");

    /** Copies. */
    public NetworkOutputs {
        all = List.copyOf(all);
    }

    /** Returns those of a network without auxiliary outputs. */
    public static NetworkOutputs of(Network network, NetworkSummary summary, Task task) {
        List<ModelOutput> all = new ArrayList<>(task.outputs(sizes(summary.output())));
        Optional<Node> search = NeighbourLayer.node(network);
        if (search.isPresent()) {
            Node node = search.get();
            Shape codes = shape(network, summary, node.inputs().getFirst());
            int k = ((Layer.NearestNeighbours) node.layer()).k();
            all.add(ModelOutput.floats(ModelOutput.CODES, codes.size(0), "what neighbours are searched by"));
            all.add(integers(NEIGHBOURS, k, "positions of the nearest references, nearest first"));
            all.add(integers(NEIGHBOUR_LABELS, k, "labels of the nearest references"));
            all.add(ModelOutput.floats(DISTANCES, k, "squared Euclidean distances of the nearest references"));
            return new NetworkOutputs(all, source(network, node), Form.AS_IT_IS);
        }
        Optional<String> source = network.head().flatMap(head -> source(network, head));
        if (source.isEmpty()) return new NetworkOutputs(all, source, Form.AS_IT_IS);
        Shape features = shape(network, summary, source.get());
        Form form = features.rank() == 1 ? Form.AS_IT_IS : Form.MEANS_OF_MAPS;
        String meaning = form == Form.AS_IT_IS
                ? "what the last layer with weights reads"
                : "means of the maps that the last layer with weights reads";
        all.add(ModelOutput.floats(ModelOutput.FEATURES, features.size(0), meaning));
        return new NetworkOutputs(all, source, form);
    }

    /**
     * Checks that a network ends as a task needs.
     *
     * @throws Problem if its result has another shape, or a task of plain values has a softmax in its way
     */
    public static void check(NetworkSummary summary, Task task) {
        LayerSummary last = summary.layers().getLast();
        String where = "network \"" + summary.name() + "\", last layer \"" + last.name() + "\"";
        task.misfit(sizes(summary.output())).ifPresent(why -> {
            throw new Problem(why, where, "end the network with " + task.ending());
        });
        if (task.probabilities().isEmpty() && last.layer() instanceof Layer.Softmax) {
            throw new Problem(
                    "A " + task.word() + " ends with plain values, but this network ends with a softmax.",
                    where,
                    "take the softmax away and end the network with " + task.ending());
        }
    }

    /** Returns the sizes of a shape as a list. */
    public static List<Integer> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).boxed().toList();
    }

    /** Returns the output that a node's result is, if it is one as it is. */
    public Optional<String> named(String node) {
        boolean is = form == Form.AS_IT_IS && source.equals(Optional.of(node));
        if (!is) return Optional.empty();
        boolean codes = all.stream().anyMatch(output -> output.name().equals(ModelOutput.CODES));
        return Optional.of(codes ? ModelOutput.CODES : ModelOutput.FEATURES);
    }

    /** Returns the node whose maps' means are the features, if there is one. */
    public Optional<String> pooled() {
        return source.filter(_ -> form == Form.MEANS_OF_MAPS);
    }

    private static ModelOutput integers(String name, int width, String meaning) {
        return new ModelOutput(name, ModelOutput.Type.INT64, List.of(width), meaning);
    }

    /** Returns the node that computes what a layer reads, if it is not the picture. */
    private static Optional<String> source(Network network, Node reader) {
        return Optional.of(NeighbourLayer.computing(network, reader.inputs().getFirst()))
                .filter(name -> !name.equals(Network.INPUT));
    }

    private static Shape shape(Network network, NetworkSummary summary, String node) {
        return summary.layers().stream()
                .filter(layer -> layer.name().equals(node))
                .map(layer -> layer.output())
                .findFirst()
                .orElse(network.input());
    }
}
