package io.fovea.onnx;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import io.fovea.weights.NetworkWeights;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network and its weights as one ONNX file; docs/model-file.md says which runtimes were tried.
 *
 * <p>Input {@code input} [N, C, H, W], normalised floats, N free. Outputs {@code logits} [N, K] and {@code probabilities} [N, K]; if the
 * network ends with a softmax, its input is the logits. A regression has the one output {@code values} [N, T], in network units.
 * <p>Further outputs, which programs ask for by name and need not know, are those of {@link NetworkOutputs}: features, or what a search of
 * neighbours shows.
 * <p>Nodes carry the layers' names, initializers the parameters' names ({@code conv1.weight}); of a quantised tensor, the product of numbers and
 * scales does. Labels of references are whole numbers of one byte, or four. Dropout and auxiliary outputs are left
 * out. The same network and weights give the same bytes.
 * <p>Source: ONNX operator set 17, intermediate representation 8: the oldest that says all of it, for the sake of older runtimes. Only a
 * file with weights of four bits needs operator set 21.
 */
public final class OnnxWriter {

    /** The name of the file's input. */
    public static final String INPUT = "input";

    /** The name of a classifier's output before softmax. */
    public static final String LOGITS = ModelOutput.LOGITS;

    /** A protobuf message ends at 2 GiB; a part of it is left for everything that is not weights. */
    private static final long LARGEST_WEIGHTS = Integer.MAX_VALUE - (1 << 20);

    private OnnxWriter() {}

    /**
     * Returns the bytes of a classifier's file; as {@link #write(Network, Weights, Task, Map)}.
     *
     * @throws Problem likewise
     */
    public static byte[] write(Network network, Weights weights, Map<String, String> metadata) {
        return write(network, weights, numbered(network), metadata);
    }

    /** Returns the task of a network that ends with features [N, K]: classes that have numbers for names. */
    public static Task numbered(Network network) {
        return Classification.numbered(Inference.of(network).output().size(0));
    }

    /**
     * Returns the bytes of a file with all weights as floats; as {@link #write(Network, Weights, List, Task, Map)}.
     *
     * @throws Problem likewise
     */
    public static byte[] write(Network network, Weights weights, Task task, Map<String, String> metadata) {
        return write(network, weights, List.of(), task, metadata);
    }

    /**
     * Returns the file's bytes.
     *
     * @param quantized what is written as whole numbers, in place of the weights of the same names
     * @param task      decides what the outputs are
     * @param metadata  goes into the file as it is, in its order; readable without running the model
     * @throws IllegalArgumentException if the weights hold no tensor of a quantised one's name and shape
     * @throws Problem if layers do not fit each other, the network does not end with features [N, K], a
     *     regression ends with a softmax, a tensor is missing or has
     *     another shape than the network needs, or the weights exceed what an ONNX file holds (2 GiB)
     */
    public static byte[] write(
            Network trained, Weights floats, List<QuantizedTensor> quantized, Task task, Map<String, String> metadata) {
        return write(trained, floats, quantized, task, Optional.empty(), metadata);
    }

    /**
     * As above, and with a result that is no layer's, if there is one.
     *
     * @throws Problem likewise
     */
    public static byte[] write(
            Network trained,
            Weights floats,
            List<QuantizedTensor> quantized,
            Task task,
            Optional<? extends FurtherOutput> further,
            Map<String, String> metadata) {
        Network network = trained.forPrediction();
        Weights weights = QuantizedTensor.into(floats, quantized);
        NetworkSummary summary = Inference.of(network);
        NetworkOutputs.check(summary, task);
        List<ParameterSpecification> parameters = Parameters.of(network);
        NetworkWeights.check(network, weights);
        bounded(network, parameters);

        OperatorSet operators =
                quantized.stream().anyMatch(tensor -> tensor.bits() == 4) ? OperatorSet.FOUR_BITS : OperatorSet.USUAL;
        // whoever asks for small weights wants a small file
        OnnxGraph.Notes notes = quantized.isEmpty() ? OnnxGraph.Notes.SHAPES : OnnxGraph.Notes.NONE;
        OnnxGraph graph = new OnnxGraph(network.name(), operators, notes);
        graph.input(INPUT, network.input());
        OnnxInitializers initializers = new OnnxInitializers(graph, network, weights, quantized);
        parameters.forEach(initializers::add);
        computation(graph, network, summary, task, further);
        OnnxMl.ModelProto.Builder model = model(graph, operators);
        metadata.forEach((key, value) -> model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    /** Returns a file with that graph, to which metadata may be added. */
    public static OnnxMl.ModelProto.Builder model(OnnxGraph graph, OperatorSet operators) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(operators.intermediateRepresentation())
                .setProducerName("fovea")
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(operators.version()))
                .setGraph(graph.build());
    }

    private static void computation(
            OnnxGraph graph,
            Network network,
            NetworkSummary summary,
            Task task,
            Optional<? extends FurtherOutput> further) {
        OnnxLayers layers = new OnnxLayers(graph);
        NetworkOutputs outputs = NetworkOutputs.of(network, summary, task);
        Map<String, String> values = new HashMap<>(Map.of(Network.INPUT, INPUT));
        String result = task.result();
        String logitsNode = logitsNode(network);
        Optional<Node> search = NeighbourLayer.node(network);
        for (int index = 0; index < network.nodes().size(); index++) {
            Node node = network.nodes().get(index);
            LayerSummary layer = summary.layers().get(index);
            List<String> inputs = node.inputs().stream().map(values::get).toList();
            switch (node.layer()) {
                case Layer.Dropout _ -> values.put(node.name(), inputs.getFirst());
                case Layer.Softmax _ -> values.put(node.name(), ModelOutput.PROBABILITIES);
                case Layer.NearestNeighbours neighbours
                when search.equals(Optional.of(node)) -> {
                    neighbours(graph, layer, neighbours, inputs.getFirst());
                    values.put(node.name(), ModelOutput.LOGITS);
                }
                default -> {
                    String value = outputs.named(node.name()).orElseGet(() -> OnnxGraph.value(node.name()));
                    if (node.name().equals(logitsNode)) value = result;
                    layers.add(layer, inputs, value);
                    values.put(node.name(), value);
                }
            }
        }
        if (logitsNode.equals(Network.INPUT)) graph.node("Identity", "identity", List.of(INPUT), result);
        task.probabilities().ifPresent(name -> softmax(graph, summary.output(), result, name));
        outputs.pooled().ifPresent(maps -> pooledFeatures(graph, values.get(maps)));
        outputs.all().forEach(graph::output);
        further.ifPresent(output -> output.addTo(graph, values::get));
    }

    /** Maps become features by their means, as they do where a head is trained on them. */
    private static void pooledFeatures(OnnxGraph graph, String maps) {
        graph.node("GlobalAveragePool", "", List.of(maps), "features/means");
        graph.node("Flatten", "", List.of("features/means"), ModelOutput.FEATURES);
    }

    /** Adds a last layer that searches neighbours, and what it can show beside its answer. */
    private static void neighbours(OnnxGraph graph, LayerSummary summary, Layer.NearestNeighbours layer, String codes) {
        OnnxNearestNeighbours search = new OnnxNearestNeighbours(
                graph,
                summary.name(),
                layer,
                codes,
                new OnnxNearestNeighbours.Names("", NetworkOutputs.NEIGHBOURS, NetworkOutputs.NEIGHBOUR_LABELS));
        search.add(ModelOutput.LOGITS);
        search.addDistances(NetworkOutputs.DISTANCES);
    }

    /** Returns the node that gives the logits: the last one that is neither a softmax nor a dropout. */
    private static String logitsNode(Network network) {
        return NeighbourLayer.computing(network, network.nodes().getLast().name());
    }

    /** Adds the softmax over the first axis of a result [N, K] or [N, K, H, W]. */
    private static void softmax(OnnxGraph graph, Shape shape, String result, String name) {
        if (shape.rank() == 1) graph.node("Softmax", "softmax", List.of(result), name);
        else graph.node("Softmax", "softmax", List.of(result), name, OnnxGraph.attribute("axis", 1));
    }

    private static void bounded(Network network, List<ParameterSpecification> parameters) {
        long bytes =
                4 * parameters.stream().mapToLong(ParameterSpecification::count).sum();
        if (bytes > LARGEST_WEIGHTS) {
            throw new Problem(
                    "The weights need " + bytes + " bytes, but an ONNX file holds at most " + LARGEST_WEIGHTS + ".",
                    "network \"" + network.name() + "\"",
                    "make the largest dense layer smaller, for example by pooling before it");
        }
    }
}
