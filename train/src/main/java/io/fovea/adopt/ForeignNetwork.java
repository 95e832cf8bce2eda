package io.fovea.adopt;

import static io.fovea.onnx.OnnxGraph.attribute;
import static io.fovea.onnx.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.bundle.Sizes;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.weights.ChannelOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image classifier of others as an ONNX file: what it takes and gives, found by running it; and the same network as a bundle asks for it.
 *
 * <p>Shapes: the original takes [N, C, H, W] or [N, H, W, C] and gives [N, K], or maps of one pixel. Around it stand what brings {@code input} [N, C, H, W]
 * into its order, and {@code logits} and {@code probabilities} [N, K].
 */
final class ForeignNetwork {

    /** What an output's numbers mean. */
    enum Meaning {
        LOGITS,
        PROBABILITIES
    }

    /** Where the channels are. */
    enum Layout {
        CHANNELS_FIRST,
        CHANNELS_LAST
    }

    private static final String INPUT = "input";
    private static final double SUMS_TO_ONE = 1e-3;
    private static final float LEAST_PROBABILITY = 1e-30f;

    private final byte[] file;
    private final OnnxMl.ModelProto model;
    private final String where;
    private final String input;
    private final Layout layout;
    private final int channels;
    private final int height;
    private final int width;
    private final String output;
    private final int classes;
    private final boolean isFlat;
    private final boolean holdsOnePicture;

    private ForeignNetwork(
            byte[] file,
            OnnxMl.ModelProto model,
            String where,
            String input,
            Layout layout,
            int[] picture,
            boolean holdsOnePicture,
            String output,
            OnnxSessionRun.Output found) {
        this.file = file;
        this.model = model;
        this.where = where;
        this.input = input;
        this.layout = layout;
        this.channels = picture[0];
        this.height = picture[1];
        this.width = picture[2];
        this.holdsOnePicture = holdsOnePicture;
        this.output = output;
        this.classes = found.values().length;
        this.isFlat = found.axes().length == 2;
    }

    /**
     * Looks at a file.
     *
     * @throws Problem if it is no ONNX file, takes anything but one picture of floats, or gives no list of classes
     */
    static ForeignNetwork read(byte[] file, AdoptionSettings settings, String where) {
        OnnxMl.ModelProto model = parsed(file, where);
        try (OnnxSessionRun run = new OnnxSessionRun(file, where)) {
            Map<String, NodeInfo> inputs = run.inputs();
            if (inputs.size() != 1)
                throw new Problem(
                        "Expected a network with one input, the picture, found " + inputs.keySet() + ".",
                        where,
                        "export the network for prediction, with all else fixed in the file");
            Map.Entry<String, NodeInfo> only = inputs.entrySet().iterator().next();
            long[] shape = shape(only.getKey(), only.getValue(), where);
            if (shape[0] > 1)
                throw new Problem(
                        "The network takes exactly " + shape[0] + " pictures at once, and Fovea gives one, or several.",
                        where,
                        "export the network with a free first axis, or for one picture");
            Layout layout = layout(shape, where);
            int[] picture = picture(shape, layout, settings, where);
            long[] axes = layout == Layout.CHANNELS_FIRST
                    ? new long[] {1, picture[0], picture[1], picture[2]}
                    : new long[] {1, picture[1], picture[2], picture[0]};
            Map<String, OnnxSessionRun.Output> found = run.run(
                    only.getKey(), new float[picture[0] * picture[1] * picture[2]], axes, floats(run.outputs()));
            String output = output(found, settings, where);
            return new ForeignNetwork(
                    file, model, where, only.getKey(), layout, picture, shape[0] == 1, output, found.get(output));
        }
    }

    private static OnnxMl.ModelProto parsed(byte[] file, String where) {
        OnnxMl.ModelProto model;
        try {
            model = OnnxMl.ModelProto.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new Problem("The file is no ONNX file.", where, "export the network as ONNX", e);
        }
        if (model.getGraph().getNodeCount() == 0)
            throw new Problem(
                    "The file is no ONNX file, or its network is empty.", where, "export the network as ONNX");
        boolean isElsewhere = model.getGraph().getInitializerList().stream()
                .anyMatch(tensor -> tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL);
        if (isElsewhere)
            throw new Problem(
                    "The weights lie in a file beside the network.",
                    where,
                    "save both as one file: onnx.save_model(model, path, save_as_external_data=False)");
        return model;
    }

    private static long[] shape(String name, NodeInfo info, String where) {
        if (info.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 4) {
            if (tensor.type == OnnxJavaType.FLOAT) return tensor.getShape();
            throw new Problem(
                    "The input \"" + name + "\" takes numbers of the type " + tensor.type
                            + ", and Fovea gives floats of 32 bits.",
                    where,
                    "export the network with an input of 32-bit floats");
        }
        throw new Problem(
                "The input \"" + name + "\" is no picture: expected four axes [N, C, H, W] or [N, H, W, C].",
                where,
                "export a network of pictures");
    }

    private static Layout layout(long[] shape, String where) {
        boolean first = shape[1] == 1 || shape[1] == 3;
        boolean last = shape[3] == 1 || shape[3] == 3;
        if (first && !last) return Layout.CHANNELS_FIRST;
        if (last && !first) return Layout.CHANNELS_LAST;
        throw new Problem(
                "It is not clear which axis of the input has the channels: its shape is " + Arrays.toString(shape)
                        + ", and one of the second and the last must be 1 or 3.",
                where,
                "export the network with a fixed number of channels, grey or colour");
    }

    private static int[] picture(long[] shape, Layout layout, AdoptionSettings settings, String where) {
        int at = layout == Layout.CHANNELS_FIRST ? 2 : 1;
        int channels = (int) shape[layout == Layout.CHANNELS_FIRST ? 1 : 3];
        return new int[] {
            channels,
            side("height", shape[at], settings.height(), where),
            side("width", shape[at + 1], settings.width(), where)
        };
    }

    private static int side(String side, long fixed, Optional<Integer> chosen, String where) {
        if (fixed > 0 && chosen.isPresent() && chosen.get() != fixed)
            throw new Problem(
                    "The network takes pictures of " + side + " " + fixed + ", not " + chosen.get() + ".",
                    where,
                    "leave --size out, or give it the network's");
        if (fixed > 0) return Math.toIntExact(fixed);
        return chosen.orElseThrow(() -> new Problem(
                "The network leaves the " + side + " of its pictures free.",
                where,
                "say with --size in which size it was trained: 224, or HEIGHTxWIDTH"));
    }

    private static Set<String> floats(Map<String, NodeInfo> outputs) {
        Set<String> names = new LinkedHashSet<>();
        outputs.forEach((name, info) -> {
            if (info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) names.add(name);
        });
        return names;
    }

    private static String output(Map<String, OnnxSessionRun.Output> found, AdoptionSettings settings, String where) {
        List<String> fitting = found.entrySet().stream()
                .filter(each -> isList(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (settings.output().isPresent()) {
            String chosen = settings.output().get();
            if (fitting.contains(chosen)) return chosen;
            throw new Problem(
                    "The network has no output \"" + chosen + "\" that is a list of two classes or more.",
                    where,
                    Nearest.suggestion(chosen, fitting));
        }
        if (fitting.size() == 1) return fitting.getFirst();
        throw new Problem(
                fitting.isEmpty()
                        ? "None of the network's outputs is a list of two classes or more: " + shapes(found) + "."
                        : "Several of the network's outputs may be the list of classes: " + fitting + ".",
                where,
                fitting.isEmpty()
                        ? "only classifiers can be adopted from ONNX: one number for each class"
                        : "choose one with --output NAME");
    }

    private static String shapes(Map<String, OnnxSessionRun.Output> found) {
        List<String> words = new ArrayList<>();
        found.forEach((name, output) -> words.add(name + " " + Arrays.toString(output.axes())));
        return String.join(", ", words);
    }

    private static boolean isList(OnnxSessionRun.Output output) {
        long[] axes = output.axes();
        if (axes.length != 2 && axes.length != 4) return false;
        return axes[0] == 1 && axes[1] == output.values().length && output.values().length >= 2;
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Returns K. */
    int classes() {
        return classes;
    }

    Layout layout() {
        return layout;
    }

    String where() {
        return where;
    }

    /** Returns what the original answers for prepared pictures [C, H, W], each in a run of its own. */
    List<float[]> answers(List<float[]> pictures, ChannelOrder order) {
        List<float[]> answers = new ArrayList<>();
        long[] axes = layout == Layout.CHANNELS_FIRST
                ? new long[] {1, channels, height, width}
                : new long[] {1, height, width, channels};
        try (OnnxSessionRun run = new OnnxSessionRun(file, where)) {
            for (float[] picture : pictures)
                answers.add(run.run(input, laidOut(picture, order), axes, Set.of(output))
                        .get(output)
                        .values());
        }
        return answers;
    }

    private float[] laidOut(float[] picture, ChannelOrder order) {
        float[] values = new float[picture.length];
        int area = height * width;
        for (int c = 0; c < channels; c++) {
            int from = order == ChannelOrder.BGR ? channels - 1 - c : c;
            for (int i = 0; i < area; i++)
                values[layout == Layout.CHANNELS_FIRST ? c * area + i : i * channels + c] = picture[from * area + i];
        }
        return values;
    }

    /**
     * Returns what the numbers are: probabilities where all pictures' are at least 0 and sum up to 1.
     *
     * @throws Problem if each class is judged by itself, which no classification is
     */
    Meaning meaning(List<float[]> answers) {
        boolean within = true;
        boolean sums = true;
        for (float[] answer : answers) {
            double sum = 0;
            for (float value : answer) {
                within &= value >= 0 && value <= 1 + SUMS_TO_ONE;
                sum += value;
            }
            sums &= Math.abs(sum - 1) <= SUMS_TO_ONE;
        }
        if (within && sums) return Meaning.PROBABILITIES;
        if (giver().filter(node -> node.getOpType().equals("Sigmoid")).isPresent())
            throw new Problem(
                    "The network says of each class by itself how probable it is (Sigmoid): several may be true at"
                            + " once.",
                    where,
                    "Fovea has models of one class a picture; train one on the pictures instead");
        return Meaning.LOGITS;
    }

    private Optional<OnnxMl.NodeProto> giver() {
        return giver(output);
    }

    private Optional<OnnxMl.NodeProto> giver(String value) {
        return model.getGraph().getNodeList().stream()
                .filter(node -> node.getOutputList().contains(value))
                .findFirst();
    }

    /** Returns the value that holds logits, where the last operator makes probabilities of them. */
    private Optional<String> beforeSoftmax() {
        return giver().filter(node -> node.getOpType().equals("Softmax")).map(node -> node.getInput(0));
    }

    /** Returns how logits come about, in words. */
    String logits(Meaning meaning) {
        if (meaning == Meaning.LOGITS) return "its output is taken as logits";
        return beforeSoftmax().isPresent()
                ? "logits are what its softmax reads"
                : "its output are probabilities; logits are their logarithms";
    }

    /** Returns the file that a bundle holds: the original within what a bundle asks for. */
    byte[] wrapped(Meaning meaning, ChannelOrder order) {
        return file(meaning, order).build().toByteArray();
    }

    private OnnxMl.ModelProto.Builder file(Meaning meaning, ChannelOrder order) {
        OnnxMl.GraphProto.Builder graph = ForeignGraph.of(model.getGraph());
        if (holdsOnePicture) ForeignGraph.freeFirstAxis(graph);
        List<OnnxMl.NodeProto> nodes = new ArrayList<>();
        String value = INPUT;
        if (order == ChannelOrder.BGR) {
            graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                    .setName("input/order")
                    .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                    .addDims(3)
                    .addAllInt64Data(List.of(2L, 1L, 0L)));
            nodes.add(node("Gather", List.of(value, "input/order"), "input/ordered", attribute("axis", 1)));
            value = "input/ordered";
        }
        String inside = ForeignGraph.value(input);
        nodes.add(
                layout == Layout.CHANNELS_LAST
                        ? node("Transpose", List.of(value), inside, attributes("perm", 0, 2, 3, 1))
                        : node("Identity", List.of(value), inside));
        nodes.addAll(graph.getNodeList());
        String given = ForeignGraph.value(
                meaning == Meaning.PROBABILITIES ? beforeSoftmax().orElse(output) : output);
        if (!isFlat) {
            nodes.add(node("Flatten", List.of(given), "output/list", attribute("axis", 1)));
            given = "output/list";
        }
        if (meaning == Meaning.PROBABILITIES && beforeSoftmax().isEmpty()) {
            graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                    .setName("output/least")
                    .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                    .addFloatData(LEAST_PROBABILITY));
            nodes.add(node("Max", List.of(given, "output/least"), "output/positive"));
            nodes.add(node("Log", List.of("output/positive"), ModelOutput.LOGITS));
        } else {
            nodes.add(node("Identity", List.of(given), ModelOutput.LOGITS));
        }
        nodes.add(node("Softmax", List.of(ModelOutput.LOGITS), ModelOutput.PROBABILITIES, attribute("axis", 1)));
        graph.clearNode()
                .addAllNode(nodes)
                .addInput(declared(INPUT, channels, height, width))
                .addOutput(declared(ModelOutput.LOGITS, classes))
                .addOutput(declared(ModelOutput.PROBABILITIES, classes));
        return model.toBuilder().setGraph(graph);
    }

    private static OnnxMl.NodeProto node(
            String operator, List<String> inputs, String output, OnnxMl.AttributeProto... attributes) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static OnnxMl.ValueInfoProto declared(String name, int... sizes) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int size : sizes)
            shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** Returns trained numbers, and multiply-accumulates of convolutions and products of matrices, by the sizes of what they give. */
    Sizes sizes(Meaning meaning, ChannelOrder order) {
        long parameters = 0;
        Map<String, OnnxMl.TensorProto> constants = new HashMap<>();
        for (OnnxMl.TensorProto tensor : model.getGraph().getInitializerList()) {
            constants.put(tensor.getName(), tensor);
            if (tensor.getDataType() == OnnxMl.TensorProto.DataType.FLOAT.getNumber()) parameters += count(tensor);
        }
        OnnxMl.ModelProto.Builder probed = file(meaning, order);
        Map<String, Long> perNumber = new LinkedHashMap<>();
        for (OnnxMl.NodeProto node : model.getGraph().getNodeList()) {
            OnnxMl.TensorProto weight = node.getInputCount() > 1 ? constants.get(node.getInput(1)) : null;
            if (weight == null || weight.getDimsCount() < 2) continue;
            long outputs =
                    switch (node.getOpType()) {
                        case "Conv" -> weight.getDims(0);
                        case "MatMul" -> weight.getDims(weight.getDimsCount() - 1);
                        case "Gemm" -> weight.getDims(isTransposed(node) ? 0 : 1);
                        default -> 0;
                    };
            if (outputs == 0) continue;
            String value = ForeignGraph.value(node.getOutput(0));
            perNumber.put(value, count(weight) / outputs);
            probed.getGraphBuilder()
                    .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName(value));
        }
        long macs = 0;
        if (!perNumber.isEmpty()) {
            try (OnnxSessionRun run = new OnnxSessionRun(probed.build().toByteArray(), where)) {
                Map<String, OnnxSessionRun.Output> found = run.run(
                        INPUT,
                        new float[channels * height * width],
                        new long[] {1, channels, height, width},
                        perNumber.keySet());
                for (Map.Entry<String, OnnxSessionRun.Output> each : found.entrySet())
                    macs += each.getValue().values().length * perNumber.get(each.getKey());
            }
        }
        return new Sizes(parameters, macs);
    }

    private static boolean isTransposed(OnnxMl.NodeProto gemm) {
        return gemm.getAttributeList().stream()
                .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() == 1);
    }

    private static long count(OnnxMl.TensorProto tensor) {
        long count = 1;
        for (long size : tensor.getDimsList()) count *= size;
        return count;
    }

    /** Whether the file was written for one picture at a time. */
    boolean holdsOnePicture() {
        return holdsOnePicture;
    }
}
