package io.fovea.quantize;

import static io.fovea.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxGraph;
import io.fovea.onnx.OnnxLayers;
import io.fovea.onnx.OnnxWriter;
import io.fovea.onnx.OperatorSet;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.QuantizedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a network in whole numbers as an ONNX file: around every operator its inputs are taken from whole numbers (DequantizeLinear) and its
 * result is put into them (QuantizeLinear), which a runtime replaces by its operators for whole numbers. So any runtime computes it, and one that
 * knows such operators does so fast.
 *
 * <p>Input and outputs are those of {@link OnnxWriter}: floats, by the same names. A convolution's result is x·w + b with x in 0 … 255,
 * w in ±L with a scale for each output channel and b in 32 bits with the scale of x·w.
 */
final class QuantizedWriter {

    private final FoldedNetwork folded;
    private final Steps steps;
    private final Map<String, ActivationScale> scales;
    private final Map<String, QuantizedTensor> weights;
    private final Map<String, float[]> biases;
    private final Set<String> floats;
    private final OnnxGraph graph;
    private final OnnxLayers layers;
    private final Map<String, String> floatNames = new HashMap<>();
    private final Set<String> quantized = new HashSet<>();
    private final Set<String> scaled = new HashSet<>();

    /**
     * Begins a file.
     *
     * @param scales  of every result of {@link Steps#scaled()}
     * @param weights of convolutions and dense layers in whole numbers, by the layer's name
     * @param biases  of the same
     * @param floats  the layers that are computed in floats
     */
    QuantizedWriter(
            FoldedNetwork folded,
            Steps steps,
            Map<String, ActivationScale> scales,
            Map<String, QuantizedTensor> weights,
            Map<String, float[]> biases,
            Set<String> floats) {
        this.folded = folded;
        this.steps = steps;
        this.scales = scales;
        this.weights = weights;
        this.biases = biases;
        this.floats = floats;
        this.graph = new OnnxGraph(folded.network().name(), OperatorSet.USUAL, OnnxGraph.Notes.NONE);
        this.layers = new OnnxLayers(graph);
    }

    byte[] write(Task task, Map<String, String> metadata) {
        Network network = folded.network();
        NetworkSummary summary = Inference.of(network);
        NetworkOutputs outputs = NetworkOutputs.of(network, summary, task);
        graph.input(OnnxWriter.INPUT, network.input());
        floatNames.put(Network.INPUT, OnnxWriter.INPUT);
        if (steps.isQuantized(Network.INPUT, floats)) quantize(Network.INPUT, OnnxWriter.INPUT);
        String last = network.nodes().getLast().name();
        for (Step step : steps.all())
            add(step, step.result().equals(last) ? task.result() : OnnxGraph.value(step.result()), last);
        if (!floatNames.getOrDefault(last, "").equals(task.result())) dequantize(last, task.result());
        task.probabilities()
                .ifPresent(
                        name -> graph.node("Softmax", "softmax", List.of(task.result()), name, attribute("axis", 1)));
        outputs.pooled().ifPresent(maps -> {
            graph.node("GlobalAveragePool", "", List.of(asFloats(maps)), "features/means");
            graph.node("Flatten", "", List.of("features/means"), ModelOutput.FEATURES);
        });
        outputs.source().filter(source -> outputs.named(source).isPresent()).ifPresent(source -> features(source));
        outputs.all().forEach(graph::output);
        OnnxMl.ModelProto.Builder model = OnnxWriter.model(graph, OperatorSet.USUAL);
        metadata.forEach((key, value) -> model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private void features(String source) {
        if (quantized.contains(source)) dequantize(source, ModelOutput.FEATURES);
        else graph.node("Identity", "", List.of(asFloats(source)), ModelOutput.FEATURES);
    }

    private void add(Step step, String value, String last) {
        boolean whole = Steps.isWhole(step, floats);
        Node node = step.node();
        boolean keeps = steps.isQuantized(step.result(), floats);
        if (step.kind() == Step.Kind.PASSING
                && step.clip().isEmpty()
                && quantized.contains(node.inputs().getFirst())
                && keepsZero(node)) {
            layers.add(step.layer(), List.of(whole(node.inputs().getFirst())), whole(step.result()));
            quantized.add(step.result());
            return;
        }
        if (Steps.isWeighted(step)) weights(node, whole);
        List<String> inputs = node.inputs().stream().map(this::asFloats).toList();
        // whole numbers end where a ReLU would cut off
        boolean clips = step.clip().isPresent() && !keeps;
        String given = clips ? OnnxGraph.value(node.name()) : keeps ? step.result() + "/exact" : value;
        layers.add(step.layer(), inputs, given);
        if (clips) {
            layers.add(clipped(step), List.of(given), value);
            given = value;
        }
        if (keeps) quantize(step.result(), given);
        else floatNames.put(step.result(), given);
    }

    private io.fovea.network.LayerSummary clipped(Step step) {
        return new io.fovea.network.LayerSummary(
                step.result(),
                step.clip().orElseThrow().layer(),
                List.of(step.layer().output()),
                step.layer().output(),
                0,
                0);
    }

    /** Zeros that a shortcut adds are whole numbers of 0, which must mean zero. */
    private boolean keepsZero(Node node) {
        return !(node.layer() instanceof Layer.IdentityShortcut)
                || scaleOf(node.inputs().getFirst()).zeroPoint() == 0;
    }

    private ActivationScale scaleOf(String result) {
        return scales.get(steps.scaled(result));
    }

    /** Adds a result's scale, once: what no node reads makes runtimes warn. */
    private void scale(String name) {
        if (!scaled.add(name)) return;
        ActivationScale scale = scales.get(name);
        graph.initializer(name + "/scale", new int[0], scale.scale());
        graph.initializer(name + "/zero", OnnxMl.TensorProto.DataType.UINT8.getNumber(), new int[0], new byte[] {
            (byte) scale.zeroPoint()
        });
    }

    private static String whole(String result) {
        return result + "/whole";
    }

    private void quantize(String result, String floatName) {
        String at = steps.scaled(result);
        scale(at);
        graph.node("QuantizeLinear", "", List.of(floatName, at + "/scale", at + "/zero"), whole(result));
        quantized.add(result);
        floatNames.remove(result);
    }

    private void dequantize(String result, String name) {
        String at = steps.scaled(result);
        scale(at);
        graph.node("DequantizeLinear", "", List.of(whole(result), at + "/scale", at + "/zero"), name);
    }

    /** Returns a result as floats, which operators are written with. */
    private String asFloats(String result) {
        if (!floatNames.containsKey(result)) {
            dequantize(result, result + "/floats");
            floatNames.put(result, result + "/floats");
        }
        return floatNames.get(result);
    }

    private void weights(Node node, boolean whole) {
        String name = node.name();
        String weight = name + ".weight";
        String bias = name + ".bias";
        boolean hasBias = folded.weights().tensor(bias).isPresent();
        if (!whole) {
            graph.initializer(
                    weight,
                    folded.weights().tensor(weight).orElseThrow().shape(),
                    folded.weights().values(weight));
            if (hasBias)
                graph.initializer(
                        bias,
                        new int[] {folded.weights().values(bias).length},
                        folded.weights().values(bias));
            return;
        }
        QuantizedTensor tensor = weights.get(name);
        int outputs = tensor.scales().length;
        int bytes = OnnxMl.TensorProto.DataType.INT8.getNumber();
        graph.initializer(weight + "/q", bytes, tensor.shape(), tensor.values());
        graph.initializer(weight + "/s", new int[] {outputs}, tensor.scales());
        graph.initializer(weight + "/z", bytes, new int[] {outputs}, new byte[outputs]);
        graph.node(
                "DequantizeLinear",
                "",
                List.of(weight + "/q", weight + "/s", weight + "/z"),
                weight,
                attribute("axis", 0));
        if (!hasBias) return;
        float input = scaleOf(node.inputs().getFirst()).scale();
        float[] products = new float[outputs];
        ByteBuffer numbers = ByteBuffer.allocate(4 * outputs).order(ByteOrder.LITTLE_ENDIAN);
        for (int o = 0; o < outputs; o++) {
            products[o] = input * tensor.scales()[o];
            numbers.putInt((int) Math.rint(biases.get(name)[o] / (double) products[o]));
        }
        int words = OnnxMl.TensorProto.DataType.INT32.getNumber();
        graph.initializer(bias + "/q", words, new int[] {outputs}, numbers.array());
        graph.initializer(bias + "/s", new int[] {outputs}, products);
        graph.initializer(bias + "/z", words, new int[] {outputs}, new byte[4 * outputs]);
        graph.node("DequantizeLinear", "", List.of(bias + "/q", bias + "/s", bias + "/z"), bias, attribute("axis", 0));
    }
}
