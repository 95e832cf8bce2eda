package io.fovea.module;

import io.fovea.map.ChannelMaps;
import io.fovea.map.Clamp;
import io.fovea.map.DirectConvolution;
import io.fovea.map.MapConvolution;
import io.fovea.map.MapPooling;
import io.fovea.map.WinogradConvolution;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network in prediction as passes over memory: batch norms folded into the convolutions before them, sums and ReLU made where
 * a convolution writes its output, dropout and the softmax at the end left out.
 *
 * <p>Values have numbers; 0 is the picture. Immutable once made, shared by all threads.
 */
final class MapPlan {

    /** Fewer channels than this leave lanes empty in Winograd's transforms. */
    private static final int CHANNELS_FOR_WINOGRAD = 16;

    private final Network network;
    private final ParameterVector vector;
    private final float[] parameters;
    private final float[] buffers;
    private final Map<String, LayerSummary> summaries = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final Set<String> absorbed = new HashSet<>();
    private final List<MapStep> steps = new ArrayList<>();
    private final Padding margin;
    private int result;

    /** Takes over the weights; every layer must be known. */
    MapPlan(Network network, Weights weights) {
        this.network = network;
        vector = new ParameterVector(network);
        parameters = new float[vector.parameterCount()];
        buffers = new float[vector.bufferCount()];
        vector.read(weights, parameters, buffers);
        for (LayerSummary summary : Inference.of(network).layers()) summaries.put(summary.name(), summary);
        for (Node node : network.nodes()) {
            for (String input : node.inputs())
                readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
        }
        margin = margin(network);
        numbers.put(Network.INPUT, 0);
        shapes.add(network.input());
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Softmax) break;
            if (!absorbed.contains(node.name())) plan(node);
            result = numbers.getOrDefault(node.name(), result);
        }
    }

    /** Returns the first layer that is not known, or that reads the picture and is no convolution. */
    static Optional<Node> firstUnknown(Network network) {
        Set<String> normalisable = new HashSet<>();
        for (LayerSummary summary : Inference.of(network).layers()) {
            Node node = node(network, summary.name());
            Shape input = summary.inputs().getFirst();
            boolean known =
                    switch (node.layer()) {
                        case Layer.Convolution convolution -> convolution.groups() == 1;
                        case Layer.Activation activation ->
                            switch (activation.function()) {
                                case RELU, RELU6 -> true;
                                case LEAKY_RELU, ELU, SIGMOID, TANH, GELU, SILU, SOFTPLUS -> false;
                            };
                        case Layer.BatchNorm _ ->
                            normalisable.contains(node.inputs().getFirst())
                                    && readerCount(network, node.inputs().getFirst()) == 1;
                        case Layer.MaxPooling _,
                                Layer.AveragePooling _,
                                Layer.GlobalAveragePooling _,
                                Layer.GlobalMaxPooling _ -> true;
                        case Layer.Dense _, Layer.Dropout _, Layer.Flatten _ -> true;
                        case Layer.Add _, Layer.Concat _, Layer.IdentityShortcut _, Layer.Softmax _ -> true;
                        case Layer.AdaptiveAveragePooling layer -> adaptiveWindow(layer, input) > 0;
                        case Layer.LocalResponseNorm _, Layer.Scale _, Layer.NearestNeighbours _ -> false;
                        case Layer.Multiply _, Layer.Upsample _ -> false;
                    };
            boolean picture = node.inputs().contains(Network.INPUT) && !(node.layer() instanceof Layer.Convolution);
            if (!known || picture) return Optional.of(node);
            if (node.layer() instanceof Layer.Convolution) normalisable.add(node.name());
        }
        return Optional.empty();
    }

    private static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the side of the windows of an adaptive pooling, or 0 if they are not all alike and square. */
    private static int adaptiveWindow(Layer.AdaptiveAveragePooling layer, Shape input) {
        int side = input.size(1) / layer.height();
        return side * layer.height() == input.size(1) && side * layer.width() == input.size(2) ? side : 0;
    }

    private static long readerCount(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.inputs().contains(name))
                .count();
    }

    /** Returns the passes in order. */
    List<MapStep> steps() {
        return steps;
    }

    /** Returns how many values there are, the picture among them. */
    int values() {
        return shapes.size();
    }

    /** Returns the number of the network's output. */
    int result() {
        return result;
    }

    /** Returns [C, H, W] of a value; features [D] are [D, 1, 1]. */
    Shape shape(int value) {
        return shapes.get(value);
    }

    /** Makes room for a value of that many pictures. */
    ChannelMaps allocate(int value, int pictures) {
        Shape shape = shapes.get(value);
        return value == 0
                ? ChannelMaps.ofPictures(pictures, shape.size(0), shape.size(1), shape.size(2), margin)
                : new ChannelMaps(pictures, shape.size(0), shape.size(1), shape.size(2));
    }

    /** The widest padding of all convolutions that read the picture. */
    private static Padding margin(Network network) {
        Padding widest = Padding.NONE;
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Convolution layer && node.inputs().contains(Network.INPUT)) {
                Padding padding = layer.padding();
                widest = new Padding(
                        Math.max(widest.top(), padding.top()),
                        Math.max(widest.bottom(), padding.bottom()),
                        Math.max(widest.left(), padding.left()),
                        Math.max(widest.right(), padding.right()));
            }
        }
        return widest;
    }

    private void plan(Node node) {
        List<Integer> inputs = node.inputs().stream().map(numbers::get).toList();
        int x = inputs.getFirst();
        switch (node.layer()) {
            case Layer.Convolution layer -> convolution(node, layer, x);
            case Layer.Dense layer -> dense(node, layer, x);
            case Layer.MaxPooling layer ->
                pool(node, x, MapPooling.Kind.LARGEST, layer.kernelSize(), layer.stride(), layer.padding());
            case Layer.AveragePooling layer ->
                pool(node, x, MapPooling.Kind.MEAN, layer.kernelSize(), layer.stride(), layer.padding());
            case Layer.GlobalMaxPooling _ -> poolWhole(node, x, MapPooling.Kind.LARGEST);
            case Layer.GlobalAveragePooling _ -> poolWhole(node, x, MapPooling.Kind.MEAN);
            case Layer.Activation _ -> steps.add(new MapStep.Cut(clamp(node).orElseThrow(), x, name(node, shape(x))));
            case Layer.Add _ -> steps.add(new MapStep.Add(inputs, name(node, shape(x))));
            case Layer.Concat _ -> {
                List<Integer> channels =
                        inputs.stream().map(input -> shape(input).size(0)).toList();
                steps.add(new MapStep.Join(
                        inputs, channels, name(node, summaries.get(node.name()).output())));
            }
            case Layer.AdaptiveAveragePooling layer -> {
                int side = adaptiveWindow(layer, shape(x));
                if (side == 1) numbers.put(node.name(), x);
                else pool(node, x, MapPooling.Kind.MEAN, side, side, 0);
            }
            case Layer.IdentityShortcut layer -> {
                int before = (layer.outputChannels() - shape(x).size(0)) / 2;
                int to = name(node, summaries.get(node.name()).output());
                steps.add(new MapStep.Subsample(layer.stride(), before, x, to));
            }
            case Layer.Dropout _, Layer.Flatten _ -> numbers.put(node.name(), x);
            case Layer.BatchNorm _,
                    Layer.LocalResponseNorm _,
                    Layer.Scale _,
                    Layer.NearestNeighbours _,
                    Layer.Multiply _,
                    Layer.Upsample _,
                    Layer.Softmax _ ->
                throw new IllegalArgumentException("Layer \"" + node.name() + "\" is not known: " + node.layer());
        }
    }

    /** Gives a node's output the next number. */
    private int name(Node node, Shape shape) {
        int number = shapes.size();
        shapes.add(shape.rank() == 1 ? new Shape(shape.size(0), 1, 1) : shape);
        numbers.put(node.name(), number);
        return number;
    }

    private void pool(Node node, int x, MapPooling.Kind kind, int kernelSize, int stride, int padding) {
        int to = name(node, summaries.get(node.name()).output());
        steps.add(new MapStep.Pool(new MapPooling(kind, kernelSize, kernelSize, stride, padding), x, to));
    }

    private void poolWhole(Node node, int x, MapPooling.Kind kind) {
        int to = name(node, summaries.get(node.name()).output());
        MapPooling pooling = new MapPooling(kind, shape(x).size(1), shape(x).size(2), 1, 0);
        steps.add(new MapStep.Pool(pooling, x, to));
    }

    private void convolution(Node node, Layer.Convolution layer, int x) {
        float[] weight = values(node, ".weight");
        float[] bias = layer.bias() == Layer.Bias.WITH ? values(node, ".bias") : new float[layer.outputChannels()];
        Node last = foldBatchNorm(node, weight, bias);
        boolean winograd = layer.kernelHeight() == 3
                && layer.kernelWidth() == 3
                && layer.stride() == 1
                && layer.dilation() == 1
                && x != 0
                && shape(x).size(0) >= CHANNELS_FOR_WINOGRAD;
        ChannelMaps maps = allocate(x, 1);
        MapConvolution convolution = winograd
                ? new WinogradConvolution(maps, layer.outputChannels(), layer.padding(), weight, bias)
                : new DirectConvolution(
                        maps,
                        layer.outputChannels(),
                        layer.kernelHeight(),
                        layer.kernelWidth(),
                        layer.stride(),
                        layer.padding(),
                        layer.dilation(),
                        weight,
                        bias);
        finish(last, convolution, x);
    }

    /** Features of a map are what a kernel as large as the map sees. */
    private void dense(Node node, Layer.Dense layer, int x) {
        float[] bias = layer.bias() == Layer.Bias.WITH ? values(node, ".bias") : new float[layer.outputs()];
        MapConvolution convolution = new DirectConvolution(
                allocate(x, 1),
                layer.outputs(),
                shape(x).size(1),
                shape(x).size(2),
                1,
                Padding.NONE,
                1,
                values(node, ".weight"),
                bias);
        finish(node, convolution, x);
    }

    private float[] values(Node node, String suffix) {
        ParameterVector.Slice slice = vector.slice(node.name() + suffix);
        float[] values = new float[slice.length()];
        float[] from =
                switch (slice.specification().kind()) {
                    case PARAMETER -> parameters;
                    case BUFFER -> buffers;
                };
        System.arraycopy(from, slice.offset(), values, 0, values.length);
        return values;
    }

    /** Multiplies a following batch norm into weight and bias, and returns the node whose output they now make. */
    private Node foldBatchNorm(Node node, float[] weight, float[] bias) {
        Optional<Node> norm = soleReader(node).filter(reader -> reader.layer() instanceof Layer.BatchNorm);
        if (norm.isEmpty()) return node;
        float[] scale = values(norm.get(), ".weight");
        float[] shift = values(norm.get(), ".bias");
        float[] mean = values(norm.get(), ".running_mean");
        float[] variance = values(norm.get(), ".running_var");
        double epsilon = ((Layer.BatchNorm) norm.get().layer()).epsilon();
        int taps = weight.length / bias.length;
        for (int oc = 0; oc < bias.length; oc++) {
            double factor = scale[oc] / Math.sqrt(variance[oc] + epsilon);
            for (int t = oc * taps; t < (oc + 1) * taps; t++) weight[t] = (float) (weight[t] * factor);
            bias[oc] = (float) ((bias[oc] - mean[oc]) * factor + shift[oc]);
        }
        absorbed.add(norm.get().name());
        return norm.get();
    }

    /** Adds the pass that computes {@code last}, and with it the sum and the activation that follow. */
    private void finish(Node last, MapConvolution convolution, int x) {
        int[] outputShape = convolution.outputShape();
        Node node = last;
        int other = -1;
        Optional<Node> sum = soleReader(node).filter(reader -> reader.layer() instanceof Layer.Add);
        if (sum.isPresent() && sum.get().inputs().size() == 2) {
            String input = sum.get().inputs().get(sum.get().inputs().indexOf(node.name()) == 0 ? 1 : 0);
            // whichever convolution comes last takes over the sum
            if (numbers.containsKey(input) && numbers.get(input) != 0) {
                other = numbers.get(input);
                node = sum.get();
                absorbed.add(node.name());
            }
        }
        Clamp clamp = Clamp.NONE;
        Optional<Node> activation =
                soleReader(node).filter(reader -> clamp(reader).isPresent());
        if (activation.isPresent()) {
            clamp = clamp(activation.get()).orElseThrow();
            node = activation.get();
            absorbed.add(node.name());
        }
        int to = name(node, new Shape(outputShape));
        steps.add(
                other < 0
                        ? new MapStep.Convolve(convolution, clamp, x, to)
                        : new MapStep.ConvolveAndAdd(convolution, clamp, x, other, to));
    }

    private static Optional<Clamp> clamp(Node node) {
        if (!(node.layer() instanceof Layer.Activation activation)) return Optional.empty();
        return switch (activation.function()) {
            case RELU -> Optional.of(Clamp.RELU);
            case RELU6 -> Optional.of(Clamp.RELU6);
            case LEAKY_RELU, ELU, SIGMOID, TANH, GELU, SILU, SOFTPLUS -> Optional.empty();
        };
    }

    /** Returns the only node that reads another, if it reads it once. */
    private Optional<Node> soleReader(Node node) {
        List<Node> all = readers.getOrDefault(node.name(), List.of());
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
