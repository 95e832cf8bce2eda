package io.fovea.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Keras model as a network of Fovea's layers: sequential and functional models, nested in each other.
 *
 * <p>Shapes: Keras's maps are [H, W, C], its kernels [KH, KW, C, OC] and its products [D, OUT]; here they become [C, H, W], [OC, C, KH, KW] and [OUT, D].
 * Its padding {@code same} puts the odd row or column below and to the right. A softmax at the end is left out: networks end with logits.
 * <p>Source: Keras 2 documentation, model.get_config().
 */
final class KerasNetwork {

    private static final float KERAS_MOMENTUM = 0.99f;
    private static final String REMEDY = "train on the project's pictures instead: fovea train";

    /**
     * What a layer gives.
     *
     * @param node    the layer of the network, or the picture
     * @param shape   [C, H, W], or [D]
     * @param maps    of features, the maps [C, H, W] that they were in the order [H, W, C]; else the same as shape
     * @param padding that the next convolution must add
     */
    private record Value(String node, Shape shape, Shape maps, Padding padding) {
        Value(String node, Shape shape) {
            this(node, shape, shape, Padding.NONE);
        }
    }

    private final Map<String, NamedTensor> arrays;
    private final String where;
    private final NetworkBuilder builder;
    private final List<NamedTensor> tensors = new ArrayList<>();
    private final Shape input;
    private boolean endsWithSoftmax;

    private KerasNetwork(KerasWeights keras, String where) {
        this.arrays = keras.arrays();
        this.where = where;
        this.input = input(keras.topology());
        this.builder = new NetworkBuilder("keras", input);
    }

    /**
     * What came of a model.
     *
     * @param network ends with logits [K]
     * @param weights under its names
     */
    record Converted(Network network, Weights weights) {}

    /**
     * Converts it.
     *
     * @throws Problem if a layer is none of those that are known, or lacks its weights; it names the layer
     */
    static Converted of(KerasWeights keras, String where) {
        KerasNetwork converting = new KerasNetwork(keras, where);
        Value last = converting.model(keras.topology(), new Value(Network.INPUT, converting.input));
        if (last.shape().rank() != 1)
            throw new Problem(
                    "The model ends with maps " + last.shape() + ", and not with a number for each class.",
                    where,
                    "only classifiers are adopted");
        return new Converted(converting.builder.network(), new Weights(converting.tensors));
    }

    /** The first size that is said: of the model's input layer, or of its first layer. */
    private Shape input(JsonNode topology) {
        for (JsonNode shape : topology.findValues("batch_input_shape")) {
            if (shape.size() != 4) continue;
            int[] sizes = {
                shape.get(3).asInt(), shape.get(1).asInt(), shape.get(2).asInt()
            };
            if (sizes[0] > 0 && sizes[1] > 0 && sizes[2] > 0) return new Shape(sizes);
        }
        throw new Problem(
                "The model does not say the size of its pictures (batch_input_shape).",
                where,
                "save it with a fixed size of its input");
    }

    private Value model(JsonNode model, Value read) {
        String kind = model.path("class_name").asText();
        JsonNode config = model.path("config");
        return switch (kind) {
            case "Sequential" -> {
                Value value = read;
                for (JsonNode layer : config.isArray() ? config : config.path("layers"))
                    value = layer(layer, List.of(value));
                yield value;
            }
            case "Model", "Functional" -> functional(config, read);
            default -> throw unknown(kind, config.path("name").asText("?"));
        };
    }

    private Value functional(JsonNode config, Value read) {
        Map<String, Value> values = new HashMap<>();
        for (JsonNode layer : config.path("layers")) {
            String name =
                    layer.path("name").asText(layer.path("config").path("name").asText());
            if (layer.path("class_name").asText().equals("InputLayer")) {
                values.put(name, read);
                continue;
            }
            JsonNode inbound = layer.path("inbound_nodes");
            if (inbound.size() != 1 || !inbound.get(0).isArray())
                throw new Problem(
                        "Layer \"" + name + "\" is used " + inbound.size()
                                + " times, or the model is written as Keras 3 does.",
                        where,
                        "save the model with Keras 2, each layer used once");
            List<Value> inputs = new ArrayList<>();
            for (JsonNode from : inbound.get(0)) {
                Value value = values.get(from.path(0).asText());
                if (value == null)
                    throw new Problem(
                            "Layer \"" + name + "\" reads \"" + from.path(0).asText() + "\", which is not before it.",
                            where,
                            REMEDY);
                inputs.add(value);
            }
            values.put(name, layer(layer, inputs));
        }
        JsonNode outputs = config.path("output_layers");
        JsonNode first = outputs.path(0).isArray() ? outputs.path(0) : outputs;
        Value value = values.get(first.path(0).asText());
        if (value == null || outputs.size() > 1 && outputs.path(0).isArray())
            throw new Problem("The model \"" + config.path("name").asText() + "\" has not one output.", where, REMEDY);
        return value;
    }

    private Value layer(JsonNode layer, List<Value> inputs) {
        String kind = layer.path("class_name").asText();
        JsonNode config = layer.path("config");
        String name = config.path("name").asText(kind);
        Value read = inputs.getFirst();
        if (endsWithSoftmax) throw new Problem("A layer follows the softmax: \"" + name + "\".", where, REMEDY);
        boolean takesPadding = kind.equals("Conv2D") || kind.equals("DepthwiseConv2D");
        if (!read.padding().equals(Padding.NONE) && !takesPadding)
            throw new Problem(
                    "Layer \"" + name + "\" (" + kind + ") follows a padding by itself (ZeroPadding2D).",
                    where,
                    REMEDY);
        return switch (kind) {
            case "Sequential", "Model", "Functional" -> model(layer, read);
            case "InputLayer", "Dropout", "SpatialDropout2D" -> read;
            case "Conv2D" -> convolution(config, name, read, "kernel");
            case "DepthwiseConv2D" -> convolution(config, name, read, "depthwise_kernel");
            case "BatchNormalization" -> batchNorm(config, name, read);
            case "ReLU" -> relu(config, name, read);
            case "Activation" -> activated(config, name, read, name);
            case "ZeroPadding2D" ->
                new Value(read.node(), read.shape(), read.maps(), padding(config.path("padding"), name));
            case "Add" -> {
                builder.then(
                        name, new Layer.Add(), inputs.stream().map(Value::node).toList());
                yield new Value(name, read.shape());
            }
            case "MaxPooling2D", "AveragePooling2D" -> pooling(config, name, read, kind);
            case "GlobalAveragePooling2D" -> {
                builder.then(name + "/mean", new Layer.GlobalAveragePooling(), List.of(read.node()));
                builder.then(name, new Layer.Flatten());
                yield new Value(name, new Shape(read.shape().size(0)));
            }
            case "Flatten" -> {
                builder.then(name, new Layer.Flatten(), List.of(read.node()));
                Shape maps = read.shape();
                yield new Value(name, new Shape(Math.toIntExact(maps.count())), maps, Padding.NONE);
            }
            case "Dense" -> dense(config, name, read);
            default -> throw unknown(kind, name);
        };
    }

    private Problem unknown(String kind, String name) {
        return new Problem(
                "The model has a layer that Fovea does not know: \"" + name + "\" of the kind " + kind + ".",
                where,
                REMEDY + "; docs/adopt.md lists the kinds that are known");
    }

    private Value convolution(JsonNode config, String name, Value read, String kernelName) {
        NamedTensor kernel = array(name, kernelName, 4);
        int[] k = kernel.shape();
        boolean isDepthwise = kernelName.startsWith("depthwise");
        int stride = one(config, "strides", name);
        int dilation = one(config, "dilation_rate", name);
        int outputs = isDepthwise ? k[2] * k[3] : k[3];
        int groups = isDepthwise ? k[2] : config.path("groups").asInt(1);
        int channels = read.shape().size(0);
        if (k[2] * (isDepthwise ? 1 : groups) != channels)
            throw new Problem(
                    "The weights of layer \"" + name + "\" read " + k[2] + " channels, and it has " + channels + ".",
                    where,
                    "export the model again");
        boolean isSame = config.path("padding").asText().equals("same");
        if (isSame && !read.padding().equals(Padding.NONE))
            throw new Problem(
                    "Layer \"" + name + "\" pads its maps (same) behind a padding by itself (ZeroPadding2D).",
                    where,
                    REMEDY);
        Padding padding = isSame
                ? same(read.shape(), dilation * (k[0] - 1) + 1, dilation * (k[1] - 1) + 1, stride)
                : read.padding();
        boolean biased = config.path("use_bias").asBoolean(true);
        Layer.Convolution layer = new Layer.Convolution(
                outputs, k[0], k[1], stride, padding, dilation, groups, biased ? Layer.Bias.WITH : Layer.Bias.WITHOUT);
        builder.then(name, layer, List.of(read.node()));
        int each = isDepthwise ? 1 : k[2];
        float[] weight = new float[outputs * each * k[0] * k[1]];
        for (int o = 0; o < outputs; o++)
            for (int c = 0; c < each; c++)
                for (int y = 0; y < k[0]; y++)
                    for (int x = 0; x < k[1]; x++) {
                        int from = isDepthwise
                                ? (y * k[1] + x) * outputs + o // [KH, KW, C, M], o = c·M + m
                                : ((y * k[1] + x) * k[2] + c) * outputs + o;
                        weight[((o * each + c) * k[0] + y) * k[1] + x] = kernel.values()[from];
                    }
        tensors.add(new NamedTensor(name + ".weight", new int[] {outputs, each, k[0], k[1]}, weight));
        if (biased) vector(name, "bias", "bias", outputs);
        Shape shape = new Shape(
                outputs,
                size(read.shape().size(1), padding.top() + padding.bottom(), dilation * (k[0] - 1) + 1, stride, name),
                size(read.shape().size(2), padding.left() + padding.right(), dilation * (k[1] - 1) + 1, stride, name));
        return activated(config, name, new Value(name, shape), name + "/activation");
    }

    private int size(int side, int padding, int window, int stride, String name) {
        int size = Math.floorDiv(side + padding - window, stride) + 1;
        if (size < 1) throw new Problem("Nothing is left of the maps in layer \"" + name + "\".", where, REMEDY);
        return size;
    }

    private static Padding same(Shape maps, int windowHeight, int windowWidth, int stride) {
        int vertical = total(maps.size(1), windowHeight, stride);
        int horizontal = total(maps.size(2), windowWidth, stride);
        return new Padding(vertical / 2, vertical - vertical / 2, horizontal / 2, horizontal - horizontal / 2);
    }

    private static int total(int side, int window, int stride) {
        int size = (side + stride - 1) / stride;
        return Math.max(0, (size - 1) * stride + window - side);
    }

    private Padding padding(JsonNode sides, String name) {
        if (sides.isInt()) return Padding.all(sides.asInt());
        if (sides.size() != 2) throw new Problem("The padding of \"" + name + "\" is not known.", where, REMEDY);
        JsonNode vertical = sides.get(0);
        JsonNode horizontal = sides.get(1);
        if (vertical.isInt())
            return new Padding(vertical.asInt(), vertical.asInt(), horizontal.asInt(), horizontal.asInt());
        if (vertical.size() != 2 || horizontal.size() != 2)
            throw new Problem("The padding of \"" + name + "\" is not known.", where, REMEDY);
        return new Padding(
                vertical.get(0).asInt(),
                vertical.get(1).asInt(),
                horizontal.get(0).asInt(),
                horizontal.get(1).asInt());
    }

    private int one(JsonNode config, String setting, String name) {
        JsonNode values = config.path(setting);
        if (values.isMissingNode()) return 1;
        if (values.isInt()) return values.asInt();
        if (values.size() == 2 && values.get(0).asInt() == values.get(1).asInt())
            return values.get(0).asInt();
        throw new Problem(
                "Layer \"" + name + "\" has " + setting + " that differ by side: " + values + ".", where, REMEDY);
    }

    private Value batchNorm(JsonNode config, String name, Value read) {
        int channels = read.shape().size(0);
        double momentum = 1 - config.path("momentum").asDouble(KERAS_MOMENTUM);
        builder.then(
                name,
                new Layer.BatchNorm(config.path("epsilon").asDouble(1e-3), momentum > 0 ? momentum : 0.01),
                List.of(read.node()));
        constantOr(config.path("scale").asBoolean(true), name, "gamma", "weight", channels, 1);
        constantOr(config.path("center").asBoolean(true), name, "beta", "bias", channels, 0);
        vector(name, "moving_mean", "running_mean", channels);
        vector(name, "moving_variance", "running_var", channels);
        return new Value(name, read.shape());
    }

    private void constantOr(boolean isThere, String name, String keras, String ours, int channels, float value) {
        if (isThere) {
            vector(name, keras, ours, channels);
            return;
        }
        float[] values = new float[channels];
        Arrays.fill(values, value);
        tensors.add(new NamedTensor(name + "." + ours, new int[] {channels}, values));
    }

    private Value relu(JsonNode config, String name, Value read) {
        JsonNode most = config.path("max_value");
        boolean isPlain = config.path("negative_slope").asDouble(0) == 0
                && config.path("threshold").asDouble(0) == 0;
        boolean isSix = most.isNumber() && most.asDouble() == 6;
        if (!isPlain || most.isNumber() && !isSix)
            throw new Problem("The ReLU \"" + name + "\" is cut off otherwise than at 0 and 6.", where, REMEDY);
        builder.then(name, isSix ? Layer.Activation.RELU6 : Layer.Activation.RELU, List.of(read.node()));
        return new Value(name, read.shape(), read.maps(), read.padding());
    }

    private Value activated(JsonNode config, String layer, Value read, String name) {
        JsonNode activation = config.path("activation");
        String word = activation.isObject() ? activation.path("class_name").asText() : activation.asText("linear");
        switch (word.toLowerCase(Locale.ROOT)) {
            case "linear", "" -> {
                return read;
            }
            case "relu" -> builder.then(name, Layer.Activation.RELU, List.of(read.node()));
            case "relu6" -> builder.then(name, Layer.Activation.RELU6, List.of(read.node()));
            case "softmax" -> {
                endsWithSoftmax = true;
                return read;
            }
            default ->
                throw new Problem(
                        "Layer \"" + layer + "\" has the activation " + word + ", which is not known here.",
                        where,
                        REMEDY);
        }
        return new Value(name, read.shape(), read.maps(), Padding.NONE);
    }

    private Value pooling(JsonNode config, String name, Value read, String kind) {
        int window = one(config, "pool_size", name);
        int stride = config.path("strides").isNull() ? window : one(config, "strides", name);
        boolean isSame = config.path("padding").asText().equals("same");
        if (isSame && !same(read.shape(), window, window, stride).equals(Padding.NONE))
            throw new Problem("The pooling \"" + name + "\" pads its maps (same).", where, REMEDY);
        Layer layer = kind.startsWith("Max")
                ? new Layer.MaxPooling(window, stride, 0, Layer.Rounding.FLOOR)
                : new Layer.AveragePooling(window, stride, 0, Layer.Rounding.FLOOR);
        builder.then(name, layer, List.of(read.node()));
        Shape maps = read.shape();
        return new Value(
                name,
                new Shape(
                        maps.size(0),
                        size(maps.size(1), 0, window, stride, name),
                        size(maps.size(2), 0, window, stride, name)));
    }

    private Value dense(JsonNode config, String name, Value read) {
        NamedTensor kernel = array(name, "kernel", 2);
        int inputs = kernel.shape()[0];
        int outputs = kernel.shape()[1];
        if (read.shape().rank() != 1 || read.shape().size(0) != inputs)
            throw new Problem(
                    "The weights of layer \"" + name + "\" read " + inputs + " numbers, and it has " + read.shape()
                            + ".",
                    where,
                    "export the model again");
        boolean biased = config.path("use_bias").asBoolean(true);
        builder.then(
                name, new Layer.Dense(outputs, biased ? Layer.Bias.WITH : Layer.Bias.WITHOUT), List.of(read.node()));
        float[] weight = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            int at = read.maps().rank() == 1 ? i : inOrder(i, read.maps());
            for (int o = 0; o < outputs; o++) weight[o * inputs + at] = kernel.values()[i * outputs + o];
        }
        tensors.add(new NamedTensor(name + ".weight", new int[] {outputs, inputs}, weight));
        if (biased) vector(name, "bias", "bias", outputs);
        return activated(config, name, new Value(name, new Shape(outputs)), name + "/activation");
    }

    /** Returns where the i-th number in the order [H, W, C] lies in the order [C, H, W]. */
    private static int inOrder(int i, Shape maps) {
        int channels = maps.size(0);
        int area = maps.size(1) * maps.size(2);
        return i % channels * area + i / channels;
    }

    private void vector(String layer, String keras, String ours, int count) {
        NamedTensor array = array(layer, keras, 1);
        if (array.shape()[0] != count)
            throw new Problem(
                    "\"" + layer + "/" + keras + "\" has " + array.shape()[0] + " numbers, expected " + count + ".",
                    where,
                    "export the model again");
        tensors.add(new NamedTensor(layer + "." + ours, new int[] {count}, array.values()));
    }

    private NamedTensor array(String layer, String name, int rank) {
        NamedTensor array = arrays.get(layer + "/" + name);
        if (array != null && array.shape().length == rank) return array;
        throw new Problem(
                "The file lacks the weights \"" + layer + "/" + name + "\""
                        + (array == null ? "." : " in the right shape."),
                where,
                "export the model again, complete");
    }
}
