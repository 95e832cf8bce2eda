package io.fovea.bundle;

import ai.onnx.proto.OnnxMl;
import io.fovea.codec.PngWriter;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that can be computed in the head: four grey pixels, three classes.
 *
 * <p>A byte of 0 becomes −1 and 255 becomes +1; with s their sum, the logits are −s ("dark"), s ("bright") and 0 ("between").
 */
public final class ExampleBundle {

    public static final List<String> CLASS_NAMES = List.of("dark", "bright", "between");

    public static final Preprocessing PREPROCESSING =
            new Preprocessing(2, 2, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.5f});

    /** Weights [4, 3] that give −s, s and 0. */
    public static final float[] SUMS = {-1, 1, 0, -1, 1, 0, -1, 1, 0, -1, 1, 0};

    private ExampleBundle() {}

    /** The bundle with two golden pictures: a white and a black one. */
    public static Bundle whole() {
        Map<String, byte[]> files = files();
        return Bundle.of(manifest(golden(files)), onnx(), files, Map.of(Bundle.WEIGHTS, new byte[] {1, 2, 3}));
    }

    /** Targets of {@link #regression}: the middle of the picture is (1, 1), its half side 1. */
    public static final List<Target> TARGETS = List.of(
            Target.place("nose_x", Axis.X, 2),
            Target.place("nose_y", Axis.Y, 2),
            new Target("weight", Axis.NONE, 70, 10));

    /** A regression with the same network: outputs −s, s and 0, as values 1 − s, 1 + s and 70. */
    public static Bundle regression() {
        return regression(onnx(SUMS, 1, "values", 1));
    }

    /** The regression with another network. */
    public static Bundle regression(byte[] onnx) {
        Map<String, byte[]> files = files();
        Manifest like = manifest(golden(files));
        Manifest manifest = new Manifest(
                like.formatVersion(),
                "pointer",
                new Regression(TARGETS),
                PREPROCESSING,
                new Regression(TARGETS).outputs(List.of(3)),
                like.sizes(),
                List.of(new Measurement("mean error in pixels", "test", 0.5, 0.25, 0.75, 8)),
                like.provenance(),
                like.tolerance(),
                like.golden(),
                Optional.empty(),
                List.of());
        return Bundle.of(manifest, onnx, files, Map.of());
    }

    /** A picture of 2 by 2 pixels of one brightness. */
    public static Pixels grey(int value) {
        byte[] values = {(byte) value, (byte) value, (byte) value, (byte) value};
        return new Pixels(2, 2, 1, values);
    }

    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("golden/00.png", PngWriter.bytes(grey(255)));
        files.put("golden/01.png", PngWriter.bytes(grey(0)));
        return files;
    }

    public static List<GoldenPicture> golden(Map<String, byte[]> files) {
        List<GoldenPicture> golden = new ArrayList<>();
        golden.add(GoldenPicture.replayed(
                "golden/00.png", "white.png", files.get("golden/00.png"), 1, new float[] {-4, 4, 0}, PREPROCESSING));
        golden.add(GoldenPicture.replayed(
                "golden/01.png", "black.png", files.get("golden/01.png"), 0, new float[] {4, -4, 0}, PREPROCESSING));
        return golden;
    }

    public static Manifest manifest(List<GoldenPicture> golden) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("optimizer", "adam");
        settings.put("epochs", "10");
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "example",
                new Classification(CLASS_NAMES),
                PREPROCESSING,
                new Classification(CLASS_NAMES).outputs(List.of(3)),
                new Sizes(12, 12),
                List.of(new Measurement("accuracy", "test", 0.75, 0.5, 0.9, 8)),
                new Provenance(
                        "linear", "greys", "c0ffee", settings, 42, "0.1.0", Instant.parse("2026-01-31T12:00:00Z")),
                Manifest.DEFAULT_TOLERANCE,
                golden,
                Optional.empty(),
                List.of());
    }

    public static byte[] onnx() {
        return onnx(SUMS, 1, "logits");
    }

    /** The network with other weights [4, 3], number of input channels, or name of the logits. */
    public static byte[] onnx(float[] weights, int channels, String logits) {
        return onnx(weights, channels, logits, 2);
    }

    /** The network with the first so many of its outputs: the logits, the probabilities. */
    public static byte[] onnx(float[] weights, int channels, String logits, int outputs) {
        OnnxMl.TensorProto.Builder matrix = OnnxMl.TensorProto.newBuilder()
                .setName("weight")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(weights.length / 3)
                .addDims(3);
        for (float weight : weights) matrix.addFloatData(weight);
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .setName("example")
                .addInput(value("input", channels, 2, 2))
                .addInitializer(matrix)
                .addNode(node("Flatten", "input", "row"))
                .addNode(node("MatMul", "row", logits).addInput("weight"))
                .addOutput(value(logits, 3));
        if (outputs == 2) {
            graph.addNode(node("Softmax", logits, "probabilities")).addOutput(value("probabilities", 3));
        }
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.NodeProto.Builder node(String operator, String input, String output) {
        return OnnxMl.NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
    }

    private static OnnxMl.ValueInfoProto value(String name, int... shape) {
        OnnxMl.TensorShapeProto.Builder axes = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (int size : shape)
            axes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(axes)))
                .build();
    }
}
