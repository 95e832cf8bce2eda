package io.fovea.network;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Derives every shape, parameter and multiply-accumulate of a network before any training, and finds layers that do not fit. */
public final class Inference {

    private final Network network;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private final IntFunction<String> source;

    private Inference(Network network, IntFunction<String> source) {
        this.network = network;
        this.source = source;
    }

    /**
     * Returns the network's layers with shapes and costs.
     *
     * @throws Problem that names the layer, what it expects, what it gets and where it stands, if a name is used twice, a layer
     *     reads one that is unknown or comes later, nobody reads a layer, a softmax is not last, a shape does not fit, or an auxiliary
     *     output is unknown, named twice, or of another shape than the network's output
     */
    public static NetworkSummary of(Network network) {
        return of(network, _ -> "");
    }

    /** Returns the same; a problem's place ends with what {@code source} says of the layer's index: where it was written. */
    static NetworkSummary of(Network network, IntFunction<String> source) {
        return new Inference(network, source).summary();
    }

    private NetworkSummary summary() {
        shapes.put(Network.INPUT, network.input());
        List<LayerSummary> layers = new ArrayList<>();
        for (int index = 0; index < network.nodes().size(); index++) layers.add(layer(index));
        auxiliaries();
        unread();
        long parameters = layers.stream().mapToLong(LayerSummary::parameters).sum();
        long macs = layers.stream().mapToLong(LayerSummary::macs).sum();
        return new NetworkSummary(
                network.name(),
                network.input(),
                layers,
                parameters,
                macs,
                layers.getLast().output());
    }

    private LayerSummary layer(int index) {
        Node node = network.nodes().get(index);
        if (shapes.containsKey(node.name())) throw duplicate(index);
        if (node.layer() instanceof Layer.Softmax && index < network.nodes().size() - 1) {
            throw problem(
                    index,
                    "Layer \"" + node.name() + "\" (softmax) is not the last layer.",
                    "move it to the end, or leave it out: prediction applies softmax anyway");
        }
        List<Shape> inputs =
                node.inputs().stream().map(input -> shape(index, input)).toList();
        try {
            Shape output = LayerShapes.output(node.name(), node.layer(), inputs);
            shapes.put(node.name(), output);
            long parameters = parameters(node, inputs.getFirst());
            return new LayerSummary(
                    node.name(),
                    node.layer(),
                    inputs,
                    output,
                    parameters,
                    LayerShapes.macs(node.layer(), inputs.getFirst(), output));
        } catch (Misfit misfit) {
            throw problem(index, misfit.getMessage(), misfit.remedy());
        }
    }

    private static long parameters(Node node, Shape input) throws Misfit {
        long trained = 0;
        for (ParameterSpecification parameter : Parameters.of(node.name(), node.layer(), input)) {
            if (parameter.count() > Integer.MAX_VALUE) {
                throw new Misfit(
                        "Layer \"" + node.name() + "\" would have " + parameter.count()
                                + " weights, more than fit into one tensor.",
                        "give \"" + node.name() + "\" fewer outputs, or put pooling before it");
            }
            if (parameter.kind() == ParameterSpecification.Kind.PARAMETER) trained += parameter.count();
        }
        return trained;
    }

    private Shape shape(int index, String input) {
        Shape shape = shapes.get(input);
        if (shape != null) return shape;
        String name = network.nodes().get(index).name();
        boolean comesLater =
                network.nodes().stream().anyMatch(node -> node.name().equals(input));
        if (input.equals(name))
            throw problem(index, "Layer \"" + name + "\" reads itself.", "let it read a layer before it");
        if (comesLater) {
            throw problem(
                    index,
                    "Layer \"" + name + "\" reads \"" + input + "\", which comes after it.",
                    "move \"" + input + "\" before \"" + name + "\"; a network has no loops");
        }
        throw problem(
                index,
                "Layer \"" + name + "\" reads \"" + input + "\", which does not exist.",
                Nearest.suggestion(input, shapes.keySet()));
    }

    private Problem duplicate(int index) {
        String name = network.nodes().get(index).name();
        if (name.equals(Network.INPUT))
            return problem(
                    index, "A layer is named \"input\", which means the picture.", "give the layer another name");
        int first = IntStream.range(0, index)
                .filter(i -> network.nodes().get(i).name().equals(name))
                .findFirst()
                .orElseThrow();
        return problem(
                index,
                "Two layers are named \"" + name + "\".",
                "rename one of layers " + (first + 1) + " and " + (index + 1));
    }

    private void auxiliaries() {
        Node last = network.nodes().getLast();
        Shape output = shapes.get(last.name());
        Set<String> seen = new HashSet<>(Set.of(last.name()));
        for (AuxiliaryOutput auxiliary : network.auxiliaries()) {
            String name = auxiliary.node();
            int index = indexOf(name);
            if (index < 0) {
                throw new Problem(
                        "The auxiliary output \"" + name + "\" is no layer.",
                        "network \"" + network.name() + "\", auxiliary outputs",
                        Nearest.suggestion(
                                name, network.nodes().stream().map(Node::name).toList()));
            }
            if (!seen.add(name)) {
                throw problem(
                        index,
                        name.equals(last.name())
                                ? "The auxiliary output \"" + name + "\" is the network's output."
                                : "Layer \"" + name + "\" is named twice as an auxiliary output.",
                        "name each auxiliary output once, and not the last layer");
            }
            if (!shapes.get(name).equals(output)) {
                throw problem(
                        index,
                        "The auxiliary output \"" + name + "\" should have the shape " + output
                                + " of the network's output but has " + shapes.get(name) + ".",
                        "end the auxiliary branch with as many outputs as there are classes");
            }
        }
    }

    /** Returns where the layer of that name stands, or -1. */
    private int indexOf(String name) {
        return IntStream.range(0, network.nodes().size())
                .filter(index -> network.nodes().get(index).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private void unread() {
        Set<String> read = network.nodes().stream()
                .flatMap(node -> node.inputs().stream())
                .collect(Collectors.toCollection(HashSet::new));
        network.auxiliaries().forEach(auxiliary -> read.add(auxiliary.node()));
        for (int index = 0; index < network.nodes().size() - 1; index++) {
            String name = network.nodes().get(index).name();
            if (!read.contains(name))
                throw problem(
                        index,
                        "No layer reads \"" + name + "\".",
                        "remove it, name it in the inputs of a later layer, or among the auxiliary outputs");
        }
    }

    private Problem problem(int index, String what, String remedy) {
        Node node = network.nodes().get(index);
        String after = node.inputs().stream()
                .map(input -> input.equals(Network.INPUT) ? "the picture" : "\"" + input + "\"")
                .collect(Collectors.joining(" and "));
        String pictures = IntStream.of(network.input().sizes())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", "]"));
        String where = "network \"" + network.name() + "\", layer " + (index + 1) + " of "
                + network.nodes().size() + ", after " + after + "; pictures are " + pictures + source.apply(index);
        return new Problem(what, where, remedy);
    }
}
