package io.fovea.tflite;

import io.fovea.network.Layer;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import io.fovea.quantize.WholeNumbers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Writes convolutions and dense layers. Weights [OC, C/groups, KH, KW] are laid out as [OC, KH, KW, C/groups], those of a convolution with a group
 * for every channel as [1, KH, KW, OC]; a dense layer's columns in the order in which the features it reads lie.
 *
 * <p>In whole numbers a dense layer is a convolution of one pixel: a scale for each output has belonged to that operator's rules for 8 bits from their
 * beginning, and came to a fully connected layer's later. The one that gives the network's answer gives floats.
 */
final class WeightedLayers {

    /** What the format has for a tensor that is left out. */
    private static final int NO_BIAS = -1;

    private final TfliteGraph graph;
    private final Results results;
    private final Giving giving;
    private final PoolingLayers padding;
    private final Weights weights;
    private final Optional<WholeNumbers> numbers;
    private final String answer;

    WeightedLayers(
            TfliteGraph graph,
            Results results,
            Giving giving,
            PoolingLayers padding,
            Weights weights,
            Optional<WholeNumbers> numbers,
            String answer) {
        this.graph = graph;
        this.results = results;
        this.giving = giving;
        this.padding = padding;
        this.weights = weights;
        this.numbers = numbers;
        this.answer = answer;
    }

    void convolution(Step step, Layer.Convolution layer, ElementType type) {
        int channels = step.from().size(0);
        boolean isDepthwise = layer.groups() > 1 && layer.groups() == channels;
        Padding pads = layer.padding();
        Window window = Window.of(
                step.from(),
                step.to(),
                layer.dilation() * (layer.kernelHeight() - 1) + 1,
                layer.dilation() * (layer.kernelWidth() - 1) + 1,
                layer.stride(),
                pads.top(),
                pads.left());
        String read = step.inputs().getFirst();
        int maps = padding.padded(step, results.read(read, type), window, PoolingLayers.With.ZEROS);
        Options.Field rule = new Options.Choice(0, window.rule().code());
        Options.Field across = new Options.Whole(1, layer.stride());
        Options.Field down = new Options.Whole(2, layer.stride());
        Giving.Like like = Giving.Like.own(step, type);
        boolean isWhole = type == ElementType.INT8;
        if (isDepthwise) {
            int[] inputs = {maps, depthwise(step, layer, type), bias(step, type)};
            int version = isWhole ? 3 : layer.dilation() > 1 ? 2 : 1;
            giving.fused(
                    step,
                    like,
                    Operator.DEPTHWISE_CONV_2D,
                    version,
                    4,
                    inputs,
                    rule,
                    across,
                    down,
                    new Options.Whole(3, layer.outputChannels() / channels),
                    new Options.Whole(5, layer.dilation()),
                    new Options.Whole(6, layer.dilation()));
        } else {
            int[] inputs = {maps, full(step, layer, type), bias(step, type)};
            int version = layer.groups() > 1 ? 6 : isWhole ? 3 : 1;
            giving.fused(
                    step,
                    like,
                    Operator.CONV_2D,
                    version,
                    3,
                    inputs,
                    rule,
                    across,
                    down,
                    new Options.Whole(4, layer.dilation()),
                    new Options.Whole(5, layer.dilation()));
        }
    }

    void dense(Step step, Layer.Dense layer, ElementType type) {
        String read = step.inputs().getFirst();
        int inputs = step.from().size(0);
        Giving.Like like = Giving.Like.own(step, type);
        Consumer<IntConsumer> order =
                columns(layer.outputs(), inputs, results.of(read).maps());
        if (type == ElementType.FLOAT32) {
            int[] shape = {layer.outputs(), inputs};
            int[] reads = {results.readAsItLies(read, type), weights(step, type, shape, 0, order), bias(step, type)};
            giving.fused(step, like, Operator.FULLY_CONNECTED, 1, 0, reads);
            return;
        }
        if (step.result().equals(answer)) {
            answer(step, layer, order);
            return;
        }
        int[] pixel = {1, 1, inputs};
        int standing =
                giving.between(step, "pixel", type, pixel, results.of(read).scaledAs());
        results.reshape(results.readAsItLies(read, type), pixel, standing);
        int[] shape = {layer.outputs(), 1, 1, inputs};
        int[] reads = {standing, weights(step, type, shape, 0, order), bias(step, type)};
        int answered = giving.between(step, "answer", type, new int[] {1, 1, layer.outputs()}, step.result());
        Options options = Options.of(
                new Options.Choice(0, Window.Rule.VALID.code()),
                new Options.Whole(1, 1),
                new Options.Whole(2, 1),
                new Options.Choice(3, step.clip().code()));
        graph.operator(Operator.CONV_2D, 3, options, reads, answered);
        int shapeOfAnswer = graph.integers(step.name() + "/shape", new int[] {2}, -1, layer.outputs());
        giving.bare(step, like, Operator.RESHAPE, 1, new int[] {answered, shapeOfAnswer});
    }

    /**
     * The network's answer is not rounded to 256 steps, of which several outputs would often have the largest: the layer reads whole numbers and gives
     * floats. Its weights are bytes in the file and become floats when it is loaded; each output's scale is multiplied in at the end, since older
     * interpreters know only one of constants that they turn into floats. Why not by an operator that reads bytes: docs/experiments.md.
     */
    private void answer(Step step, Layer.Dense layer, Consumer<IntConsumer> order) {
        ElementType type = ElementType.FLOAT32;
        int features = results.readAsItLies(step.inputs().getFirst(), type);
        QuantizedTensor tensor = whole(step);
        byte[] values = tensor.values();
        int[] shape = {layer.outputs(), step.from().size(0)};
        int[] outputs = {layer.outputs()};
        Optional<TfliteGraph.Scale> one = Optional.of(new TfliteGraph.Scale(new float[] {1}, 0, 0));
        int wholes = graph.constant(
                step.name() + ".weight",
                ElementType.INT8,
                shape,
                one,
                bytes -> order.accept(i -> bytes.put(values[i])));
        int floats = graph.unpacked(step.name() + "/weight", shape);
        graph.operator(Operator.DEQUANTIZE, 2, Options.NONE, new int[] {wholes}, floats);
        int sums = giving.between(step, "sums", type, outputs, step.result());
        graph.operator(Operator.FULLY_CONNECTED, 1, Options.NONE, new int[] {features, floats, NO_BIAS}, sums);
        int scaled = giving.between(step, "scaled", type, outputs, step.result());
        int by = graph.floats(step.name() + "/scales", outputs, tensor.scales());
        graph.operator(Operator.MUL, 1, Options.NONE, new int[] {sums, by}, scaled);
        int plus = graph.floats(step.name() + ".bias", outputs, biases(step));
        giving.fused(step, Giving.Like.own(step, type), Operator.ADD, 1, 0, new int[] {scaled, plus});
    }

    private int full(Step step, Layer.Convolution layer, ElementType type) {
        int inputs = step.from().size(0) / layer.groups();
        int height = layer.kernelHeight();
        int width = layer.kernelWidth();
        int[] shape = {layer.outputChannels(), height, width, inputs};
        return weights(step, type, shape, 0, each -> {
            for (int o = 0; o < layer.outputChannels(); o++) {
                for (int place = 0; place < height * width; place++) {
                    for (int c = 0; c < inputs; c++) each.accept((o * inputs + c) * height * width + place);
                }
            }
        });
    }

    private int depthwise(Step step, Layer.Convolution layer, ElementType type) {
        int outputs = layer.outputChannels();
        int area = layer.kernelHeight() * layer.kernelWidth();
        int[] shape = {1, layer.kernelHeight(), layer.kernelWidth(), outputs};
        return weights(step, type, shape, 3, each -> {
            for (int place = 0; place < area; place++) {
                for (int o = 0; o < outputs; o++) each.accept(o * area + place);
            }
        });
    }

    /** Returns the order of a dense layer's weights [outputs, inputs] where features lie as [H, W, C]. */
    private static Consumer<IntConsumer> columns(int outputs, int inputs, Optional<Shape> maps) {
        int channels = maps.map(each -> each.size(0)).orElse(1);
        int area = inputs / channels;
        return each -> {
            for (int o = 0; o < outputs; o++) {
                for (int place = 0; place < area; place++) {
                    for (int c = 0; c < channels; c++) each.accept(o * inputs + c * area + place);
                }
            }
        };
    }

    /** Adds a layer's weights in that order; {@code axis} is where the file has the outputs. */
    private int weights(Step step, ElementType type, int[] shape, int axis, Consumer<IntConsumer> order) {
        String name = step.name() + ".weight";
        NamedTensor floats = weights.tensor(name).orElseThrow();
        if (type == ElementType.FLOAT32) {
            float[] values = floats.values();
            return graph.constant(
                    name, type, shape, Optional.empty(), bytes -> order.accept(i -> bytes.putFloat(values[i])));
        }
        QuantizedTensor tensor = whole(step);
        byte[] values = tensor.values();
        Optional<TfliteGraph.Scale> scale = Optional.of(new TfliteGraph.Scale(tensor.scales(), 0, axis));
        return graph.constant(name, type, shape, scale, bytes -> order.accept(i -> bytes.put(values[i])));
    }

    /** Adds a layer's bias, zeros where it has none; in whole numbers its scale is that of the products it is added to. */
    private int bias(Step step, ElementType type) {
        String name = step.name() + ".bias";
        int outputs = step.to().size(0);
        int[] shape = {outputs};
        if (type == ElementType.FLOAT32) return graph.floats(name, shape, floatBiases(step));
        float[] biases = biases(step);
        String read = results.of(step.inputs().getFirst()).scaledAs();
        float input = results.scale(read, type).orElseThrow().scales()[0];
        float[] weightScales = whole(step).scales();
        float[] scales = new float[outputs];
        int[] wholes = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            scales[o] = input * weightScales[o];
            double number = Math.rint(biases[o] / ((double) input * weightScales[o]));
            if (!(Math.abs(number) < Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("Value " + o + " of \"" + name + "\", " + biases[o]
                        + ", does not fit into 32 bits by the scale " + scales[o]);
            }
            wholes[o] = (int) number;
        }
        return graph.constant(
                name, ElementType.INT32, shape, Optional.of(new TfliteGraph.Scale(scales, 0, 0)), bytes -> {
                    for (int number : wholes) bytes.putInt(number);
                });
    }

    private float[] floatBiases(Step step) {
        int outputs = step.to().size(0);
        return weights.tensor(step.name() + ".bias").map(NamedTensor::values).orElseGet(() -> new float[outputs]);
    }

    /** Returns the biases that belong to weights in whole numbers. */
    private float[] biases(Step step) {
        int outputs = step.to().size(0);
        float[] biases = numbers.orElseThrow().biases().get(step.name());
        if (biases == null) return floatBiases(step);
        if (biases.length != outputs) {
            throw new IllegalArgumentException(
                    "\"" + step.name() + ".bias\" should have " + outputs + " values but has " + biases.length);
        }
        return biases;
    }

    private QuantizedTensor whole(Step step) {
        QuantizedTensor tensor = numbers.orElseThrow().weights().get(step.name());
        if (tensor == null)
            throw new IllegalArgumentException("No whole numbers are given for the weights of \"" + step.name() + "\"");
        int[] shape = weights.tensor(step.name() + ".weight").orElseThrow().shape();
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("The whole numbers of \"" + tensor.name() + "\" should have the shape "
                    + Arrays.toString(shape) + " but have " + Arrays.toString(tensor.shape()));
        }
        return tensor;
    }
}
