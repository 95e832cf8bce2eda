package io.fovea.export;

import ai.onnx.proto.OnnxMl;
import io.fovea.bundle.Task;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a network and its weights as one ONNX file that any ONNX runtime opens.
 *
 * <p>Input {@code input} [N, C, H, W], normalised floats, N free. Outputs {@code logits} [N, K] and {@code probabilities} [N, K]; if the
 * network ends with a softmax, its input is the logits. A regression has the one output {@code values} [N, T], in network units.
 * <p>Nodes carry the layers' names, initializers the parameters' names ({@code conv1.weight}). Dropout and auxiliary outputs are left
 * out. The same network and
 * weights give the same bytes.
 * <p>Source: ONNX operator set 17, intermediate representation 8: the oldest that says all of it, for the sake of older runtimes.
 */
public final class OnnxWriter {

    /** The name of the file's input. */
    public static final String INPUT = "input";

    /** The name of the output before softmax. */
    public static final String LOGITS = "logits";

    /** The name of the output after softmax. */
    public static final String PROBABILITIES = "probabilities";

    /** The name of a regression's output. */
    public static final String VALUES = "values";

    private static final int INTERMEDIATE_REPRESENTATION = 8;
    private static final int OPERATOR_SET = 17;
    /** A protobuf message ends at 2 GiB; a part of it is left for everything that is not weights. */
    private static final long LARGEST_WEIGHTS = Integer.MAX_VALUE - (1 << 20);

    private OnnxWriter() {}

    /**
     * Returns the bytes of a classifier's file; as {@link #write(Network, Weights, Task, Map)}.
     *
     * @throws Problem likewise
     */
    public static byte[] write(Network network, Weights weights, Map<String, String> metadata) {
        return write(network, weights, Task.CLASSIFICATION, metadata);
    }

    /**
     * Returns the file's bytes.
     *
     * @param task     decides what the outputs are
     * @param metadata goes into the file as it is, in its order; readable by every runtime without running the model
     * @throws Problem if layers do not fit each other, the network does not end with features [N, K], a
     *     regression ends with a softmax, a tensor is missing or has
     *     another shape than the network needs, or the weights exceed what an ONNX file holds (2 GiB)
     */
    public static byte[] write(Network trained, Weights weights, Task task, Map<String, String> metadata) {
        Network network = trained.forPrediction();
        NetworkSummary summary = Inference.of(network);
        endsWithFeatures(summary, task);
        List<ParameterSpecification> parameters = Parameters.of(network);
        for (ParameterSpecification parameter : parameters) fits(network, parameter, weights);
        bounded(network, parameters);

        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.newBuilder()
                .setIrVersion(INTERMEDIATE_REPRESENTATION)
                .setProducerName("fovea")
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph(network, summary, parameters, weights, task));
        metadata.forEach((key, value) -> model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static OnnxMl.GraphProto graph(
            Network network,
            NetworkSummary summary,
            List<ParameterSpecification> parameters,
            Weights weights,
            Task task) {
        OnnxGraph graph = new OnnxGraph(network.name());
        graph.input(INPUT, network.input());
        for (ParameterSpecification parameter : parameters)
            graph.initializer(parameter.name(), parameter.shape(), weights.values(parameter.name()));

        OnnxLayers layers = new OnnxLayers(graph);
        Map<String, String> values = new HashMap<>(Map.of(Network.INPUT, INPUT));
        String result = task == Task.REGRESSION ? VALUES : LOGITS;
        String logitsNode = logitsNode(network);
        for (int index = 0; index < network.nodes().size(); index++) {
            Node node = network.nodes().get(index);
            LayerSummary layer = summary.layers().get(index);
            List<String> inputs = node.inputs().stream().map(values::get).toList();
            switch (node.layer()) {
                case Layer.Dropout _ -> values.put(node.name(), inputs.getFirst());
                case Layer.Softmax _ -> values.put(node.name(), PROBABILITIES);
                default -> {
                    String value = node.name().equals(logitsNode) ? result : OnnxGraph.value(node.name());
                    layers.add(layer, inputs, value);
                    values.put(node.name(), value);
                }
            }
        }
        if (logitsNode.equals(Network.INPUT)) graph.node("Identity", "identity", List.of(INPUT), result);
        graph.output(result, summary.output());
        if (task == Task.CLASSIFICATION) {
            graph.node("Softmax", "softmax", List.of(LOGITS), PROBABILITIES, OnnxGraph.attribute("axis", 1));
            graph.output(PROBABILITIES, summary.output());
        }
        return graph.build();
    }

    /** Returns the node that gives the logits: the last one that is neither a softmax nor a dropout. */
    private static String logitsNode(Network network) {
        Node node = network.nodes().getLast();
        while (node.layer() instanceof Layer.Softmax || node.layer() instanceof Layer.Dropout) {
            String input = node.inputs().getFirst();
            if (input.equals(Network.INPUT)) return input;
            node = network.nodes().stream()
                    .filter(candidate -> candidate.name().equals(input))
                    .findFirst()
                    .orElseThrow();
        }
        return node.name();
    }

    private static void endsWithFeatures(NetworkSummary summary, Task task) {
        LayerSummary last = summary.layers().getLast();
        if (summary.output().rank() != 1) {
            throw new Problem(
                    (task == Task.REGRESSION
                                    ? "A regression ends with features [N, T]"
                                    : "A classifier ends with features [N, K]")
                            + ", but this network ends with maps " + summary.output() + ".",
                    "network \"" + summary.name() + "\", last layer \"" + last.name() + "\"",
                    "end the network with a flatten and a dense layer");
        }
        if (task == Task.REGRESSION && last.layer() instanceof Layer.Softmax) {
            throw new Problem(
                    "A regression ends with plain values, but this network ends with a softmax.",
                    "network \"" + summary.name() + "\", last layer \"" + last.name() + "\"",
                    "take the softmax away and end the network with the dense layer before it");
        }
    }

    private static void fits(Network network, ParameterSpecification parameter, Weights weights) {
        NamedTensor tensor = weights.tensor(parameter.name())
                .orElseThrow(() -> new Problem(
                        "The weights hold no tensor \"" + parameter.name() + "\".",
                        "network \"" + network.name() + "\"",
                        "use weights that were trained with this network"));
        if (!Arrays.equals(tensor.shape(), parameter.shape())) {
            throw new Problem(
                    "Tensor \"" + parameter.name() + "\" should have the shape " + Arrays.toString(parameter.shape())
                            + " but has " + Arrays.toString(tensor.shape()) + ".",
                    "network \"" + network.name() + "\"",
                    "use weights that were trained with this network");
        }
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
