package io.fovea.adopt;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedOutputStream;
import io.fovea.image.Pixels;
import io.fovea.onnx.OnnxGraph;
import io.fovea.predict.Model;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Small projects as the tools' documentation describes them; none is a public sample. Their weights are 0.3·sin(seed + 0.7·i), as in
 * src/test/python/adopt.
 */
public final class Projects {

    private Projects() {}

    public static float[] values(double seed, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) (0.3 * Math.sin(seed + 0.7 * i));
        return values;
    }

    /** Bytes (37·i) mod 256. */
    public static Pixels picture(int height, int width) {
        byte[] bytes = new byte[height * width * 3];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 37);
        return new Pixels(height, width, 3, bytes);
    }

    /** Returns what a model file answers for a picture of its size. */
    static float[] answer(Path model, Pixels picture, String output) {
        try (Model loaded = Model.load(model)) {
            return loaded.run(Map.of("input", loaded.normalise(picture)), List.of(output))
                    .get(output)
                    .floats();
        }
    }

    /** The arrays of the Keras model, by {@code layer/name}, with their shapes. */
    static Map<String, int[]> kerasShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("Conv1/kernel", new int[] {3, 3, 3, 4});
        norm(shapes, "bn_Conv1");
        shapes.put("dw/depthwise_kernel", new int[] {3, 3, 4, 1});
        norm(shapes, "dw_BN");
        shapes.put("project/kernel", new int[] {1, 1, 4, 4});
        shapes.put("project/bias", new int[] {4});
        shapes.put("down/depthwise_kernel", new int[] {3, 3, 4, 1});
        shapes.put("dense_Dense1/kernel", new int[] {16, 5});
        shapes.put("dense_Dense1/bias", new int[] {5});
        shapes.put("dense_Dense2/kernel", new int[] {5, 3});
        return shapes;
    }

    private static void norm(Map<String, int[]> shapes, String layer) {
        for (String name : List.of("gamma", "beta", "moving_mean", "moving_variance"))
            shapes.put(layer + "/" + name, new int[] {4});
    }

    static Map<String, float[]> kerasValues() {
        Map<String, Double> seeds = new HashMap<>();
        seeds.put("Conv1/kernel", 1.0);
        seeds.put("dw/depthwise_kernel", 10.0);
        seeds.put("project/kernel", 20.0);
        seeds.put("project/bias", 21.0);
        seeds.put("down/depthwise_kernel", 30.0);
        seeds.put("dense_Dense1/kernel", 40.0);
        seeds.put("dense_Dense1/bias", 41.0);
        seeds.put("dense_Dense2/kernel", 42.0);
        Map<String, float[]> all = new LinkedHashMap<>();
        kerasShapes().forEach((name, shape) -> {
            int count = 1;
            for (int size : shape) count *= size;
            all.put(name, seeds.containsKey(name) ? values(seeds.get(name), count) : normValues(name));
        });
        return all;
    }

    private static float[] normValues(String name) {
        double first = name.startsWith("bn_Conv1") ? 2 : 11;
        String part = name.substring(name.indexOf('/') + 1);
        float[] values = values(
                first
                        + List.of("gamma", "beta", "moving_mean", "moving_variance")
                                .indexOf(part),
                4);
        for (int i = 0; i < 4; i++) {
            if (part.equals("gamma")) values[i] = 1 + values[i];
            if (part.equals("moving_variance")) values[i] = 1 + Math.abs(values[i]);
        }
        return values;
    }

    /** The description of the Keras model: a sequence of a graph and of dense layers, as Teachable Machine nests them. */
    public static String kerasTopology() {
        return """
            {"class_name": "Sequential", "config": {"name": "sequential_4", "layers": [
              {"class_name": "Sequential", "config": {"name": "sequential_1", "layers": [
                {"class_name": "Model", "config": {"name": "model1", "layers": [
                  {"class_name": "InputLayer", "name": "input_1", "inbound_nodes": [],
                   "config": {"name": "input_1", "batch_input_shape": [null, 9, 8, 3], "dtype": "float32"}},
                  {"class_name": "Conv2D", "name": "Conv1", "inbound_nodes": [[["input_1", 0, 0, {}]]],
                   "config": {"name": "Conv1", "strides": [2, 2], "padding": "same", "use_bias": false, "activation": "linear"}},
                  {"class_name": "BatchNormalization", "name": "bn_Conv1", "inbound_nodes": [[["Conv1", 0, 0, {}]]],
                   "config": {"name": "bn_Conv1", "epsilon": 0.001, "momentum": 0.999}},
                  {"class_name": "ReLU", "name": "Conv1_relu", "inbound_nodes": [[["bn_Conv1", 0, 0, {}]]],
                   "config": {"name": "Conv1_relu", "max_value": 6}},
                  {"class_name": "DepthwiseConv2D", "name": "dw", "inbound_nodes": [[["Conv1_relu", 0, 0, {}]]],
                   "config": {"name": "dw", "strides": [1, 1], "padding": "same", "use_bias": false}},
                  {"class_name": "BatchNormalization", "name": "dw_BN", "inbound_nodes": [[["dw", 0, 0, {}]]],
                   "config": {"name": "dw_BN", "epsilon": 0.001}},
                  {"class_name": "Activation", "name": "dw_relu", "inbound_nodes": [[["dw_BN", 0, 0, {}]]],
                   "config": {"name": "dw_relu", "activation": "relu6"}},
                  {"class_name": "Conv2D", "name": "project", "inbound_nodes": [[["dw_relu", 0, 0, {}]]],
                   "config": {"name": "project", "strides": [1, 1], "padding": "same", "use_bias": true}},
                  {"class_name": "Add", "name": "add", "inbound_nodes": [[["project", 0, 0, {}], ["Conv1_relu", 0, 0, {}]]],
                   "config": {"name": "add"}},
                  {"class_name": "ZeroPadding2D", "name": "pad", "inbound_nodes": [[["add", 0, 0, {}]]],
                   "config": {"name": "pad", "padding": [[0, 1], [0, 1]]}},
                  {"class_name": "DepthwiseConv2D", "name": "down", "inbound_nodes": [[["pad", 0, 0, {}]]],
                   "config": {"name": "down", "strides": [2, 2], "padding": "valid", "use_bias": false}}],
                  "input_layers": [["input_1", 0, 0]], "output_layers": [["down", 0, 0]]}},
                {"class_name": "Flatten", "config": {"name": "flat"}}]}},
              {"class_name": "Sequential", "config": {"name": "sequential_3", "layers": [
                {"class_name": "Dense", "config": {"name": "dense_Dense1", "activation": "relu", "use_bias": true}},
                {"class_name": "Dense", "config": {"name": "dense_Dense2", "activation": "softmax", "use_bias": false}}]}}]}}
            """;
    }

    /** A folder as Teachable Machine's Tensorflow.js export. */
    public static Path tensorFlowJs(Path folder, String topology) throws IOException {
        Files.createDirectories(folder);
        StringBuilder weights = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, float[]> values = kerasValues();
        kerasShapes().forEach((name, shape) -> {
            weights.append(weights.isEmpty() ? "" : ",")
                    .append("{\"name\": \"")
                    .append(name)
                    .append("\", \"dtype\": \"float32\", \"shape\": ")
                    .append(Arrays.toString(shape))
                    .append("}");
            ByteBuffer buffer = ByteBuffer.allocate(4 * values.get(name).length).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(values.get(name));
            bytes.writeBytes(buffer.array());
        });
        Files.writeString(
                folder.resolve("model.json"),
                "{\"modelTopology\": " + topology
                        + ", \"weightsManifest\": [{\"paths\": [\"weights.bin\"], \"weights\": [" + weights + "]}]}");
        Files.write(folder.resolve("weights.bin"), bytes.toByteArray());
        Files.writeString(
                folder.resolve("metadata.json"),
                "{\"tfjsVersion\": \"1.3.1\", \"labels\": [\"rock\", \"paper\", \"scissors\"], \"imageSize\": 224}");
        return folder;
    }

    /** A zip as Teachable Machine's Keras export. */
    static Path keras(Path zip) throws IOException {
        Path h5 = zip.resolveSibling("keras_model.h5");
        Map<String, float[]> values = kerasValues();
        try (WritableHdfFile file = HdfFile.write(h5)) {
            file.putAttribute("model_config", kerasTopology());
            WritableGroup weights = file.putGroup("model_weights");
            Map<String, WritableGroup> parts = new HashMap<>();
            for (Map.Entry<String, int[]> each : kerasShapes().entrySet()) {
                String layer = each.getKey().substring(0, each.getKey().indexOf('/'));
                String part = layer.startsWith("dense") ? "sequential_3" : "sequential_1";
                WritableGroup outer = parts.computeIfAbsent(part, weights::putGroup);
                WritableGroup group = parts.computeIfAbsent(part + "/" + layer, _ -> outer.putGroup(layer));
                group.putDataset(
                        each.getKey().substring(each.getKey().indexOf('/') + 1) + ":0",
                        shaped(values.get(each.getKey()), each.getValue()));
            }
        }
        zip(
                zip,
                Map.of("keras_model.h5", Files.readAllBytes(h5), "labels.txt", bytes("0 rock\n1 paper\n2 scissors\n")));
        Files.delete(h5);
        return zip;
    }

    private static Object shaped(float[] values, int[] shape) {
        if (shape.length == 1) return values;
        Object array = Array.newInstance(float.class, shape);
        fill(array, values, new int[] {0});
        return array;
    }

    private static void fill(Object array, float[] values, int[] at) {
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array instanceof float[] numbers) numbers[i] = values[at[0]++];
            else fill(Array.get(array, i), values, at);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    static final String DEPLOY = """
        name: "Small"
        input: "data"
        input_shape { dim: 1 dim: 3 dim: 10 dim: 9 }
        layer { name: "scale" type: "Power" bottom: "data" top: "scaled" power_param { scale: 0.0125 } }
        layer { name: "conv1" type: "Convolution" bottom: "scaled" top: "conv1"
          param { lr_mult: 1 } # of training
          convolution_param { num_output: 4 kernel_size: 3 pad: 1 } }
        layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
        layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
        layer { name: "norm1" type: "LRN" bottom: "pool1" top: "norm1" lrn_param { local_size: 5 alpha: 0.5 beta: 0.75 } }
        layer { name: "conv2" type: "Convolution" bottom: "norm1" top: "conv2"
          convolution_param { num_output: 4 kernel_size: 3 group: 2 } }
        layer { name: "ip1" type: "InnerProduct" bottom: "conv2" top: "ip1" inner_product_param { num_output: 6 } }
        layer { name: "relu2" type: "ReLU" bottom: "ip1" top: "ip1" }
        layer { name: "drop" type: "Dropout" bottom: "ip1" top: "ip1" dropout_param { dropout_ratio: 0.5 } }
        layer { name: "ip2" type: "InnerProduct" bottom: "ip1" top: "ip2" inner_product_param { num_output: 3 } }
        layer { name: "prob" type: "Softmax" bottom: "ip2" top: "prob" }
        """;

    /** A folder as DIGITS's "Download Model" unpacks to. */
    static Path digits(Path folder, String deploy) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("deploy.prototxt"), deploy);
        Files.writeString(folder.resolve("labels.txt"), "rock\npaper\nscissors\n");
        Files.writeString(
                folder.resolve("info.json"),
                "{\"framework\": \"caffe\", \"image resize mode\": \"squash\", \"image dimensions\": [10, 9, 3]}");
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(model);
        out.writeString(1, "Small");
        layer(out, "conv1", blob(values(1, 108), 4, 3, 3, 3), blob(values(2, 4), 4));
        layer(out, "conv2", blob(values(3, 72), 4, 2, 3, 3), blob(values(4, 4), 4));
        layer(out, "ip1", blob(values(5, 144), 6, 24), blob(values(6, 6), 6));
        layer(out, "ip2", blob(values(7, 18), 3, 6), blob(values(8, 3), 3));
        out.flush();
        Files.write(folder.resolve("snapshot_iter_300.caffemodel"), model.toByteArray());
        float[] mean = new float[3 * 90];
        for (int i = 0; i < mean.length; i++) mean[i] = new float[] {104, 117, 123}[i / 90];
        Files.write(folder.resolve("mean.binaryproto"), blob(mean, 1, 3, 10, 9));
        return folder;
    }

    private static void layer(CodedOutputStream out, String name, byte[]... blobs) throws IOException {
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        CodedOutputStream inner = CodedOutputStream.newInstance(layer);
        inner.writeString(1, name);
        for (byte[] blob : blobs) inner.writeByteArray(7, blob);
        inner.flush();
        out.writeByteArray(100, layer.toByteArray());
    }

    private static byte[] blob(float[] values, int... shape) throws IOException {
        ByteArrayOutputStream sizes = new ByteArrayOutputStream();
        CodedOutputStream packed = CodedOutputStream.newInstance(sizes);
        for (int size : shape) packed.writeInt64NoTag(size);
        packed.flush();
        ByteArrayOutputStream dims = new ByteArrayOutputStream();
        CodedOutputStream dim = CodedOutputStream.newInstance(dims);
        dim.writeByteArray(1, sizes.toByteArray());
        dim.flush();
        ByteBuffer numbers = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(values);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(blob);
        out.writeByteArray(5, numbers.array());
        out.writeByteArray(7, dims.toByteArray());
        out.flush();
        return blob.toByteArray();
    }

    /**
     * An ONNX file of one product with a matrix: the mean of each channel, times [K, C].
     *
     * @param axes of the input, with 0 for what is free
     * @param last the operator after the product, or nothing
     */
    public static byte[] onnx(int[] axes, String last) {
        boolean isLast = axes[3] == 3;
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("means");
        graph.addInput(value("input", axes)).addOutput(value("answer", axes[0], 3));
        OnnxMl.TensorProto.Builder matrix = OnnxMl.TensorProto.newBuilder()
                .setName("matrix")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(3)
                .addDims(3);
        for (float number : new float[] {1, 2, 3, 4, 5, -6, 7, -8, 9}) matrix.addFloatData(number);
        graph.addInitializer(matrix);
        OnnxMl.AttributeProto means = OnnxGraph.attributes("axes", isLast ? new long[] {1, 2} : new long[] {2, 3});
        graph.addNode(node("ReduceMean", List.of("input"), "kept", means, OnnxGraph.attribute("keepdims", 1)));
        graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                .setName("shape")
                .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                .addDims(2)
                .addInt64Data(axes[0] == 1 ? 1 : -1)
                .addInt64Data(3));
        graph.addNode(node("Reshape", List.of("kept", "shape"), "logits"));
        graph.addNode(node("MatMul", List.of("logits", "matrix"), last.isEmpty() ? "answer" : "product"));
        if (!last.isEmpty()) graph.addNode(node(last, List.of("product"), "answer"));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
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

    static OnnxMl.ValueInfoProto value(String name, int... axes) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (int i = 0; i < axes.length; i++) {
            OnnxMl.TensorShapeProto.Dimension.Builder axis = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(axes[i] == 0 ? axis.setDimParam("free" + i) : axis.setDimValue(axes[i]));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
