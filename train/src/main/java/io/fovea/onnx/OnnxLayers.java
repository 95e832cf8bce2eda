package io.fovea.onnx;

import static io.fovea.onnx.OnnxGraph.attribute;
import static io.fovea.onnx.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl;
import io.fovea.network.ActivationFunction;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.LayerSummary;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Writes each kind of layer as ONNX nodes. */
public final class OnnxLayers {

    private final OnnxGraph graph;

    public OnnxLayers(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Adds the nodes of a layer that reads {@code inputs} and gives {@code output}. */
    public void add(LayerSummary summary, List<String> inputs, String output) {
        String name = summary.name();
        if (output.equals(OnnxGraph.value(name))) graph.shape(output, summary.output());
        switch (summary.layer()) {
            case Layer.Convolution convolution -> convolution(name, convolution, inputs.getFirst(), output);
            case Layer.MaxPooling pooling -> maxPooling(summary, pooling, inputs, output);
            case Layer.AveragePooling pooling -> averagePooling(summary, pooling, inputs.getFirst(), output);
            case Layer.AdaptiveAveragePooling _ -> OnnxAdaptivePooling.add(graph, summary, inputs.getFirst(), output);
            case Layer.GlobalAveragePooling _ -> graph.node("GlobalAveragePool", name, inputs, output);
            case Layer.GlobalMaxPooling _ -> graph.node("GlobalMaxPool", name, inputs, output);
            case Layer.Dense dense ->
                graph.node(
                        "Gemm", name, weighted(name, inputs.getFirst(), dense.bias()), output, attribute("transB", 1));
            case Layer.Activation activation -> activation(name, activation.function(), inputs.getFirst(), output);
            case Layer.BatchNorm norm -> batchNorm(name, norm, inputs.getFirst(), output);
            case Layer.LocalResponseNorm norm ->
                graph.node(
                        "LRN",
                        name,
                        inputs,
                        output,
                        attribute("size", norm.size()),
                        attribute("alpha", norm.alpha()),
                        attribute("beta", norm.beta()),
                        attribute("bias", norm.k()));
            case Layer.Scale scale -> {
                graph.initializer(name + "/factor", new int[0], (float) scale.factor());
                graph.node("Mul", name, List.of(inputs.getFirst(), name + "/factor"), output);
            }
            case Layer.Flatten _ -> graph.node("Flatten", name, inputs, output);
            case Layer.Add _ -> graph.node(inputs.size() == 2 ? "Add" : "Sum", name, inputs, output);
            case Layer.Multiply _ -> graph.node("Mul", name, inputs, output);
            case Layer.Upsample upsample -> upsample(name, upsample, inputs.getFirst(), output);
            case Layer.Concat _ -> graph.node("Concat", name, inputs, output, attribute("axis", 1));
            case Layer.IdentityShortcut shortcut -> shortcut(summary, shortcut, inputs.getFirst(), output);
            case Layer.NearestNeighbours neighbours ->
                new OnnxNearestNeighbours(
                                graph, name, neighbours, inputs.getFirst(), OnnxNearestNeighbours.Names.within(name))
                        .add(output);
            case Layer.Dropout _, Layer.Softmax _ ->
                throw new IllegalArgumentException("\"" + name + "\" is written by OnnxWriter itself");
        }
    }

    private void convolution(String name, Layer.Convolution layer, String input, String output) {
        Padding padding = layer.padding();
        // what equals ONNX's default is left out: in a small engine it would count
        List<OnnxMl.AttributeProto> attributes = new ArrayList<>();
        attributes.add(attributes("kernel_shape", layer.kernelHeight(), layer.kernelWidth()));
        if (layer.stride() != 1) attributes.add(attributes("strides", layer.stride(), layer.stride()));
        if (!padding.equals(Padding.NONE))
            attributes.add(attributes("pads", padding.top(), padding.left(), padding.bottom(), padding.right()));
        if (layer.dilation() != 1) attributes.add(attributes("dilations", layer.dilation(), layer.dilation()));
        if (layer.groups() != 1) attributes.add(attribute("group", layer.groups()));
        graph.node(
                "Conv",
                name,
                weighted(name, input, layer.bias()),
                output,
                attributes.toArray(new OnnxMl.AttributeProto[0]));
    }

    private static List<String> weighted(String name, String input, Bias bias) {
        return switch (bias) {
            case WITH -> List.of(input, name + ".weight", name + ".bias");
            case WITHOUT -> List.of(input, name + ".weight");
        };
    }

    /**
     * Runtimes disagree on which windows {@code ceil_mode} keeps, so rounding up is written as what it means: more padding below and to
     * the right, just enough for the last window.
     */
    private void maxPooling(LayerSummary summary, Layer.MaxPooling layer, List<String> inputs, String output) {
        int below = overhang(summary, 1, layer.kernelSize(), layer.stride(), layer.padding());
        int right = overhang(summary, 2, layer.kernelSize(), layer.stride(), layer.padding());
        List<OnnxMl.AttributeProto> attributes = new ArrayList<>();
        attributes.add(attributes("kernel_shape", layer.kernelSize(), layer.kernelSize()));
        attributes.add(attributes("strides", layer.stride(), layer.stride()));
        if (layer.padding() + below + right > 0) {
            attributes.add(attributes(
                    "pads", layer.padding(), layer.padding(), layer.padding() + below, layer.padding() + right));
        }
        graph.node("MaxPool", summary.name(), inputs, output, attributes.toArray(new OnnxMl.AttributeProto[0]));
    }

    /**
     * The layer's own padding counts as zeros, what a window reaches over beyond it by rounding up does not count at all. ONNX counts
     * either all padding or none, so where both occur the zeros become part of the picture first.
     */
    private void averagePooling(LayerSummary summary, Layer.AveragePooling layer, String input, String output) {
        int below = overhang(summary, 1, layer.kernelSize(), layer.stride(), layer.padding());
        int right = overhang(summary, 2, layer.kernelSize(), layer.stride(), layer.padding());
        boolean reachesOver = below > 0 || right > 0;
        int padding = layer.padding();
        String padded = input;
        if (reachesOver && padding > 0) {
            padded = summary.name() + "/padded";
            graph.initializer(summary.name() + "/pads", 0, 0, padding, padding, 0, 0, padding, padding);
            graph.node("Pad", summary.name() + "/pad", List.of(input, summary.name() + "/pads"), padded);
            padding = 0;
        }
        graph.node(
                "AveragePool",
                summary.name(),
                List.of(padded),
                output,
                attributes("kernel_shape", layer.kernelSize(), layer.kernelSize()),
                attributes("strides", layer.stride(), layer.stride()),
                attributes("pads", padding, padding, padding + below, padding + right),
                attribute("count_include_pad", reachesOver ? 0 : 1));
    }

    /** Returns by how much the last window reaches over the padded edge, along one axis; 0 if it does not. */
    private static int overhang(LayerSummary summary, int axis, int kernelSize, int stride, int padding) {
        Shape input = summary.inputs().getFirst();
        int covered = (summary.output().size(axis) - 1) * stride + kernelSize;
        return Math.max(0, covered - (input.size(axis) + 2 * padding));
    }

    private void shortcut(LayerSummary summary, Layer.IdentityShortcut layer, String input, String output) {
        String name = summary.name();
        int zeros = layer.outputChannels() - summary.inputs().getFirst().size(0);
        if (zeros == 0 && layer.stride() == 1) {
            graph.node("Identity", name, List.of(input), output);
            return;
        }
        String taken = input;
        if (layer.stride() > 1) {
            taken = zeros == 0 ? output : name + "/taken";
            graph.initializer(name + "/starts", 0, 0);
            graph.initializer(name + "/ends", Long.MAX_VALUE, Long.MAX_VALUE);
            graph.initializer(name + "/axes", 2, 3);
            graph.initializer(name + "/steps", layer.stride(), layer.stride());
            List<String> slice = List.of(input, name + "/starts", name + "/ends", name + "/axes", name + "/steps");
            graph.node("Slice", name + "/slice", slice, taken);
        }
        if (zeros == 0) return;
        graph.initializer(name + "/pads", 0, zeros / 2, 0, 0, 0, zeros - zeros / 2, 0, 0);
        graph.node("Pad", name, List.of(taken, name + "/pads"), output);
    }

    private void upsample(String name, Layer.Upsample layer, String input, String output) {
        graph.initializer(name + "/scales", new int[] {4}, 1, 1, layer.factor(), layer.factor());
        List<String> inputs = List.of(input, "", name + "/scales"); // no region of interest
        switch (layer.interpolation()) {
            case BILINEAR ->
                graph.node(
                        "Resize",
                        name,
                        inputs,
                        output,
                        attribute("mode", "linear"),
                        attribute("coordinate_transformation_mode", "half_pixel"));
            case NEAREST ->
                graph.node(
                        "Resize",
                        name,
                        inputs,
                        output,
                        attribute("mode", "nearest"),
                        attribute("coordinate_transformation_mode", "asymmetric"),
                        attribute("nearest_mode", "floor"));
        }
    }

    private void batchNorm(String name, Layer.BatchNorm layer, String input, String output) {
        List<String> inputs = new ArrayList<>(List.of(input));
        for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) inputs.add(name + "." + tensor);
        graph.node("BatchNormalization", name, inputs, output, attribute("epsilon", layer.epsilon()));
    }

    private void activation(String name, ActivationFunction function, String input, String output) {
        List<String> inputs = List.of(input);
        switch (function) {
            case RELU -> graph.node("Relu", name, inputs, output);
            case RELU6 -> {
                graph.initializer(name + "/minimum", new int[0], 0);
                graph.initializer(name + "/maximum", new int[0], 6);
                graph.node("Clip", name, List.of(input, name + "/minimum", name + "/maximum"), output);
            }
            case LEAKY_RELU -> graph.node("LeakyRelu", name, inputs, output, attribute("alpha", 0.01));
            case ELU -> graph.node("Elu", name, inputs, output, attribute("alpha", 1.0));
            case SIGMOID -> graph.node("Sigmoid", name, inputs, output);
            case TANH -> graph.node("Tanh", name, inputs, output);
            case GELU -> gelu(name, input, output);
            case SILU -> {
                graph.node("Sigmoid", name + "/sigmoid", inputs, name + "/gate");
                graph.node("Mul", name, List.of(input, name + "/gate"), output);
            }
            case SOFTPLUS -> graph.node("Softplus", name, inputs, output);
        }
    }

    /** x·Φ(x) = x · (1 + erf(x / √2)) · ½; the operator Gelu is younger than the operator set used here. */
    private void gelu(String name, String input, String output) {
        graph.initializer(name + "/root", new int[0], (float) Math.sqrt(2));
        graph.initializer(name + "/one", new int[0], 1f);
        graph.initializer(name + "/half", new int[0], 0.5f);
        graph.node("Div", name + "/div", List.of(input, name + "/root"), name + "/scaled");
        graph.node("Erf", name + "/erf", List.of(name + "/scaled"), name + "/error");
        graph.node("Add", name + "/add", List.of(name + "/error", name + "/one"), name + "/sum");
        graph.node("Mul", name + "/mul", List.of(input, name + "/sum"), name + "/product");
        graph.node("Mul", name, List.of(name + "/product", name + "/half"), output);
    }
}
