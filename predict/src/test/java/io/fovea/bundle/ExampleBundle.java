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
import io.fovea.task.Measure;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
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
                List.of(new Measurement(
                        new Measure(
                                        "mean error in pixels",
                                        0.5,
                                        Optional.empty(),
                                        Measure.Unit.PIXELS,
                                        Measure.Better.LOWER)
                                .within(0.25, 0.75),
                        "test",
                        8)),
                like.provenance(),
                like.tolerance(),
                like.golden(),
                Optional.empty(),
                List.of());
        return Bundle.of(manifest, onnx, files, Map.of());
    }

    /** Classes of {@link #segmentation}. */
    public static final List<String> PIXEL_CLASSES = List.of("dark", "bright");

    /** A preparation of grey pictures in which a byte of 0 becomes −1 and 255 becomes +1. */
    public static Preprocessing greys(int height, int width, ResizeMode mode) {
        return new Preprocessing(height, width, ColorMode.GREY, mode, new float[] {0.5f}, new float[] {0.5f});
    }

    /** A segmentation: with x a pixel's value, its logits are −x ("dark") and x ("bright"). One golden picture, grey from left to right. */
    public static Bundle segmentation(Preprocessing preprocessing) {
        Pixels ramp = ramp(preprocessing.height(), preprocessing.width());
        byte[] png = PngWriter.bytes(ramp);
        byte[] prepared = preprocessing.prepare(ramp).values();
        float[] logits = new float[2 * prepared.length];
        float[] table = preprocessing.table(0);
        for (int i = 0; i < prepared.length; i++) {
            logits[i] = -table[prepared[i] & 0xff];
            logits[prepared.length + i] = table[prepared[i] & 0xff];
        }
        GoldenPicture golden = GoldenPicture.replayed("golden/00.png", "ramp.png", png, 0, logits, preprocessing);
        Map<String, byte[]> files = Map.of("golden/00.png", png);
        return Bundle.of(
                maps(new Segmentation(PIXEL_CLASSES), preprocessing, 2, List.of(golden)),
                convolution(preprocessing, new float[] {-1, 1}, "logits", 2),
                files,
                Map.of());
    }

    /** A segmentation with other weights, without golden pictures. */
    public static Bundle segmentation(Preprocessing preprocessing, float[] weights) {
        return Bundle.of(
                maps(new Segmentation(PIXEL_CLASSES), preprocessing, 2, List.of()),
                convolution(preprocessing, weights, "logits", 2),
                Map.of(),
                Map.of());
    }

    /** A reconstruction whose output is a pixel's value x, −1 to 1, so that all below the middle grey is cut off. */
    public static Bundle reconstruction(Preprocessing preprocessing) {
        return reconstruction(preprocessing, 1);
    }

    /** A reconstruction whose output is a pixel's value times {@code weight}. */
    public static Bundle reconstruction(Preprocessing preprocessing, float weight) {
        return Bundle.of(
                maps(new Reconstruction(), preprocessing, 1, List.of()),
                convolution(preprocessing, new float[] {weight}, "pixels", 1),
                Map.of(),
                Map.of());
    }

    /** The manifest of a model that answers with {@code channels} maps in the size of its pictures. */
    public static Manifest maps(Task task, Preprocessing preprocessing, int channels, List<GoldenPicture> golden) {
        Manifest like = manifest(List.of());
        return new Manifest(
                like.formatVersion(),
                "pixels",
                task,
                preprocessing,
                task.outputs(List.of(channels, preprocessing.height(), preprocessing.width())),
                new Sizes(channels, (long) channels * preprocessing.height() * preprocessing.width()),
                List.of(),
                like.provenance(),
                like.tolerance(),
                golden,
                Optional.empty(),
                List.of());
    }

    /** A picture that is black on its left edge and white on its right. */
    public static Pixels ramp(int height, int width) {
        byte[] values = new byte[height * width];
        for (int i = 0; i < values.length; i++) values[i] = (byte) (i % width * 255 / Math.max(1, width - 1));
        return new Pixels(height, width, 1, values);
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
                List.of(new Measurement(Measure.share("accuracy", 0.75).within(0.5, 0.9), "test", 8)),
                new Provenance(
                        "linear", "greys", "c0ffee", settings, 42, "0.1.0", Instant.parse("2026-01-31T12:00:00Z")),
                Manifest.DEFAULT_TOLERANCE,
                golden,
                Optional.empty(),
                ANSWERS,
                List.of());
    }

    /** Of eight pictures four are dark, three bright, one between. */
    public static final AnswerDistribution ANSWERS =
            new AnswerDistribution("test", List.of(0.5, 0.9), List.of(1L, 2L, 5L), List.of(4L, 3L, 1L));

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
        return model(graph);
    }

    private static byte[] model(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** A convolution of 1 by 1 from one channel to as many as there are weights, and the softmax of its maps where two outputs are wanted. */
    private static byte[] convolution(Preprocessing preprocessing, float[] weights, String result, int outputs) {
        int height = preprocessing.height();
        int width = preprocessing.width();
        OnnxMl.TensorProto.Builder kernels = OnnxMl.TensorProto.newBuilder()
                .setName("weight")
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .addDims(weights.length)
                .addDims(1)
                .addDims(1)
                .addDims(1);
        for (float weight : weights) kernels.addFloatData(weight);
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .setName("pixels")
                .addInput(value("input", 1, height, width))
                .addInitializer(kernels)
                .addNode(node("Conv", "input", result).addInput("weight"))
                .addOutput(value(result, weights.length, height, width));
        if (outputs == 2) {
            graph.addNode(node("Softmax", result, "probabilities")
                            .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                    .setName("axis")
                                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                                    .setI(1)))
                    .addOutput(value("probabilities", weights.length, height, width));
        }
        return model(graph);
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
