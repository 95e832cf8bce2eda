package io.fovea.adopt;

import io.fovea.network.Inference;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Caffe network, described by {@code deploy.prototxt}, as a network of Fovea's layers. Both have maps [C, H, W] and kernels [OC, C, KH, KW], so weights
 * stay as they are, but for the layers that read a picture of colours: Caffe sees blue first.
 *
 * <p>Pooled sizes are rounded up, as in Caffe. A softmax at the end is left out: networks end with logits.
 */
final class CaffeNetwork {

    private static final String REMEDY =
            "docs/adopt.md lists the layers that are known; train on the project's pictures instead";

    private final Map<String, List<NamedTensor>> blobs;
    private final String where;
    private final NetworkBuilder builder;
    private final Shape input;
    private final List<NamedTensor> tensors = new ArrayList<>();
    /** Which layer gives what Caffe calls so, by now: many layers overwrite what they read. */
    private final Map<String, String> tops = new HashMap<>();

    private final Map<String, Shape> shapes = new HashMap<>();
    /** What still has the picture's three channels: the picture, and what treats each of them alone. Weights that read it have blue first. */
    private final Set<String> colours = new HashSet<>();

    private boolean endsWithSoftmax;

    private CaffeNetwork(CaffeText deploy, Map<String, List<NamedTensor>> blobs, String where) {
        this.blobs = blobs;
        this.where = where;
        List<Integer> sizes = sizes(deploy);
        if (sizes.size() != 4)
            throw new Problem(
                    "The description does not say the four sizes of its input.",
                    where,
                    "take the deploy.prototxt of the job");
        this.input = new Shape(sizes.get(1), sizes.get(2), sizes.get(3));
        this.builder = new NetworkBuilder(
                deploy.value("name").filter(name -> !name.isBlank()).orElse("caffe"), input);
        shapes.put(Network.INPUT, input);
        if (input.size(0) == 3) colours.add(Network.INPUT);
        deploy.value("input").ifPresent(name -> tops.put(name, Network.INPUT));
        List<CaffeText> layers = deploy.messages("layer");
        if (layers.isEmpty())
            throw new Problem(
                    "The description has no layers, or they are written as before 2014.",
                    where,
                    "upgrade it with Caffe's upgrade_net_proto_text");
        for (CaffeText layer : layers) add(layer);
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
    static Converted of(CaffeText deploy, Map<String, List<NamedTensor>> blobs, String where) {
        CaffeNetwork converting = new CaffeNetwork(deploy, blobs, where);
        Network network = converting.builder.network();
        if (Inference.of(network).output().rank() != 1)
            throw new Problem(
                    "The network ends with maps, and not with a number for each class.",
                    where,
                    "only classifiers are adopted");
        return new Converted(network, new Weights(converting.tensors));
    }

    private static List<Integer> sizes(CaffeText deploy) {
        List<String> sizes = new ArrayList<>(deploy.message("input_shape").values("dim"));
        if (sizes.isEmpty()) sizes.addAll(deploy.values("input_dim"));
        if (sizes.isEmpty())
            for (CaffeText layer : deploy.messages("layer"))
                if (layer.value("type").orElse("").equals("Input"))
                    sizes.addAll(layer.message("input_param").message("shape").values("dim"));
        return sizes.stream().map(Double::valueOf).map(Double::intValue).toList();
    }

    private void add(CaffeText layer) {
        String name = layer.value("name").orElse("?");
        String type = layer.value("type").orElse("?");
        List<String> reads = new ArrayList<>();
        for (String bottom : layer.values("bottom")) {
            String node = tops.get(bottom);
            if (node == null)
                throw new Problem(
                        "Layer \"" + name + "\" reads \"" + bottom + "\", which no layer before it gives.",
                        where,
                        REMEDY);
            reads.add(node);
        }
        String read = reads.isEmpty() ? Network.INPUT : reads.getFirst();
        boolean ofMaps = List.of("Convolution", "Pooling", "LRN").contains(type);
        if (ofMaps && shapes.get(read).rank() != 3)
            throw new Problem("Layer \"" + name + "\" (" + type + ") reads what are no maps.", where, REMEDY);
        boolean isOfSeveral = type.equals("Concat") || type.equals("Eltwise");
        if (isOfSeveral && reads.isEmpty())
            throw new Problem("Layer \"" + name + "\" (" + type + ") reads nothing.", where, REMEDY);
        if (endsWithSoftmax) throw new Problem("A layer follows the softmax: \"" + name + "\".", where, REMEDY);
        String given =
                switch (type) {
                    case "Input" -> Network.INPUT;
                    case "Dropout" -> read;
                    case "Softmax" -> {
                        endsWithSoftmax = true;
                        yield read;
                    }
                    case "Convolution" -> convolution(layer.message("convolution_param"), name, read);
                    case "Pooling" -> pooling(layer.message("pooling_param"), name, read);
                    case "InnerProduct" -> dense(layer.message("inner_product_param"), name, read);
                    case "ReLU" -> relu(layer.message("relu_param"), name, read);
                    case "LRN" -> normalised(layer.message("lrn_param"), name, read);
                    case "Power" -> scaled(layer.message("power_param"), name, read);
                    case "Concat" -> put(name, new Layer.Concat(), reads, joined(reads));
                    case "Eltwise" -> sum(layer.message("eltwise_param"), name, reads);
                    case "Flatten" ->
                        put(
                                name,
                                new Layer.Flatten(),
                                reads,
                                new Shape(Math.toIntExact(shapes.get(read).count())));
                    default ->
                        throw new Problem(
                                "The network has a layer that Fovea does not know: \"" + name + "\" of the kind " + type
                                        + ".",
                                where,
                                REMEDY);
                };
        if (reads.stream().anyMatch(colours::contains)) followColours(type, name, given);
        for (String top : layer.values("top")) tops.put(top, given);
    }

    private void followColours(String type, String name, String given) {
        switch (type) {
            case "ReLU", "Pooling", "LRN", "Power", "Flatten" -> colours.add(given);
            case "Concat", "Eltwise" ->
                throw new Problem(
                        "Layer \"" + name + "\" (" + type + ") joins the picture's colours, blue first in Caffe, with"
                                + " other maps.",
                        where,
                        REMEDY);
            default -> {} // weights are turned round where they are read
        }
    }

    private String put(String name, Layer layer, List<String> reads, Shape shape) {
        builder.then(name, layer, reads);
        shapes.put(name, shape);
        return name;
    }

    private String convolution(CaffeText settings, String name, String read) {
        Shape maps = shapes.get(read);
        int outputs = settings.integer("num_output", 0);
        int window = settings.side("kernel_size", "kernel", 0, name);
        int stride = settings.side("stride", "stride", 1, name);
        int padding = settings.side("pad", "pad", 0, name);
        int dilation = settings.integer("dilation", 1);
        int groups = settings.integer("group", 1);
        boolean biased = !settings.value("bias_term").orElse("true").equals("false");
        if (outputs < 1 || window < 1 || groups < 1 || maps.size(0) % groups != 0)
            throw new Problem("The sizes of layer \"" + name + "\" are not said, or do not fit.", where, REMEDY);
        int[] shape = {outputs, maps.size(0) / groups, window, window};
        NamedTensor weight = blob(name, 0, shape);
        float[] values = weight.values();
        if (colours.contains(read)) {
            if (groups > 1)
                throw new Problem(
                        "Layer \"" + name + "\" reads the picture's colours in groups, which are blue first in Caffe.",
                        where,
                        REMEDY);
            values = redFirst(values, outputs, window * window);
        }
        tensors.add(new NamedTensor(name + ".weight", shape, values));
        if (biased)
            tensors.add(new NamedTensor(
                    name + ".bias", new int[] {outputs}, blob(name, 1, outputs).values()));
        int reach = dilation * (window - 1) + 1;
        Shape given = new Shape(
                outputs,
                Math.floorDiv(maps.size(1) + 2 * padding - reach, stride) + 1,
                Math.floorDiv(maps.size(2) + 2 * padding - reach, stride) + 1);
        return put(
                name,
                new Layer.Convolution(
                        outputs,
                        window,
                        window,
                        stride,
                        Padding.all(padding),
                        dilation,
                        groups,
                        biased ? Layer.Bias.WITH : Layer.Bias.WITHOUT),
                List.of(read),
                given);
    }

    private static float[] redFirst(float[] values, int outputs, int area) {
        float[] turned = new float[values.length];
        for (int o = 0; o < outputs; o++)
            for (int c = 0; c < 3; c++)
                System.arraycopy(values, (o * 3 + c) * area, turned, (o * 3 + 2 - c) * area, area);
        return turned;
    }

    private String pooling(CaffeText settings, String name, String read) {
        Shape maps = shapes.get(read);
        boolean isMean = settings.value("pool").orElse("MAX").equals("AVE");
        if (settings.value("global_pooling").orElse("false").equals("true")) {
            return put(
                    name,
                    isMean ? new Layer.GlobalAveragePooling() : new Layer.GlobalMaxPooling(),
                    List.of(read),
                    new Shape(maps.size(0), 1, 1));
        }
        int window = settings.side("kernel_size", "kernel", 0, name);
        int stride = settings.side("stride", "stride", 1, name);
        int padding = settings.side("pad", "pad", 0, name);
        int[] sides = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int room = maps.size(axis + 1) + 2 * padding - window;
            if (room < 0) throw new Problem("The windows of \"" + name + "\" are larger than its maps.", where, REMEDY);
            if (isMean && (room % stride != 0 || padding > 0))
                throw new Problem(
                        "The means of \"" + name
                                + "\" reach over the edge of their maps, where Caffe divides otherwise.",
                        where,
                        REMEDY);
            sides[axis] = Math.ceilDiv(room, stride) + 1;
            if (padding > 0 && (sides[axis] - 1) * stride >= maps.size(axis + 1) + padding) sides[axis]--;
        }
        Layer layer = isMean
                ? new Layer.AveragePooling(window, stride, padding, Layer.Rounding.CEILING)
                : new Layer.MaxPooling(window, stride, padding, Layer.Rounding.CEILING);
        return put(name, layer, List.of(read), new Shape(maps.size(0), sides[0], sides[1]));
    }

    private String dense(CaffeText settings, String name, String read) {
        int outputs = settings.integer("num_output", 0);
        int inputs = Math.toIntExact(shapes.get(read).count());
        String flat = read;
        if (shapes.get(read).rank() != 1)
            flat = put(name + "/flat", new Layer.Flatten(), List.of(read), new Shape(inputs));
        boolean biased = !settings.value("bias_term").orElse("true").equals("false");
        float[] values = blob(name, 0, outputs, inputs).values();
        if (colours.contains(read)) values = redFirst(values, outputs, inputs / 3);
        tensors.add(new NamedTensor(name + ".weight", new int[] {outputs, inputs}, values));
        if (biased)
            tensors.add(new NamedTensor(
                    name + ".bias", new int[] {outputs}, blob(name, 1, outputs).values()));
        return put(
                name,
                new Layer.Dense(outputs, biased ? Layer.Bias.WITH : Layer.Bias.WITHOUT),
                List.of(flat),
                new Shape(outputs));
    }

    private String relu(CaffeText settings, String name, String read) {
        if (settings.number("negative_slope", 0) != 0)
            throw new Problem("The ReLU \"" + name + "\" has a slope below zero.", where, REMEDY);
        return put(name, Layer.Activation.RELU, List.of(read), shapes.get(read));
    }

    private String normalised(CaffeText settings, String name, String read) {
        if (!settings.value("norm_region").orElse("ACROSS_CHANNELS").equals("ACROSS_CHANNELS"))
            throw new Problem("The normalisation \"" + name + "\" is within channels.", where, REMEDY);
        return put(
                name,
                new Layer.LocalResponseNorm(
                        settings.integer("local_size", 5),
                        settings.number("alpha", 1),
                        settings.number("beta", 0.75),
                        settings.number("k", 1)),
                List.of(read),
                shapes.get(read));
    }

    private String scaled(CaffeText settings, String name, String read) {
        if (settings.number("power", 1) != 1 || settings.number("shift", 0) != 0)
            throw new Problem("The layer \"" + name + "\" (Power) does more than multiply.", where, REMEDY);
        return put(name, new Layer.Scale(settings.number("scale", 1)), List.of(read), shapes.get(read));
    }

    private Shape joined(List<String> reads) {
        int channels = reads.stream().mapToInt(read -> shapes.get(read).size(0)).sum();
        Shape first = shapes.get(reads.getFirst());
        return first.rank() == 1 ? new Shape(channels) : new Shape(channels, first.size(1), first.size(2));
    }

    private String sum(CaffeText settings, String name, List<String> reads) {
        if (!settings.value("operation").orElse("SUM").equals("SUM")
                || !settings.values("coeff").isEmpty())
            throw new Problem("The layer \"" + name + "\" (Eltwise) is no plain sum.", where, REMEDY);
        return put(name, new Layer.Add(), reads, shapes.get(reads.getFirst()));
    }

    /** Returns an array of a layer: the same numbers, whatever axes of one stand before. */
    private NamedTensor blob(String layer, int position, int... shape) {
        List<NamedTensor> all = blobs.getOrDefault(layer, List.of());
        long count = 1;
        for (int size : shape) count *= size;
        if (position < all.size() && all.get(position).values().length == count) return all.get(position);
        throw new Problem(
                position < all.size()
                        ? "The weights of layer \"" + layer + "\" have the shape "
                                + Arrays.toString(all.get(position).shape()) + ", and the description needs "
                                + Arrays.toString(shape) + "."
                        : "The file of weights has none for layer \"" + layer + "\".",
                where,
                "take description and weights of the same job");
    }
}
