package io.fovea.format;

import static io.fovea.onnx.OnnxGraph.attribute;
import static io.fovea.onnx.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares pictures within an ONNX file: bytes [N, H, W, 3] of any size, red first, become the network's input [N, C, h, w].
 *
 * <p>The picture is upright and opaque already, for a file format's orientation and transparency are the decoder's. What follows is {@link
 * Preprocessing} in operators: grey by whole numbers, sides by whole numbers, Resize with antialiasing on bytes, cutting and filling, and the
 * floats in its order of operations.
 *
 * <p>Source: ONNX operator set 18, the first whose Resize has {@code antialias}.
 */
final class PictureInput {

    /** The operator set that such a file needs. */
    static final int OPERATOR_SET = 18;

    /** How far answers may be from the model's own, as a share of the largest number; docs/export.md has what was measured. */
    static final double TOLERANCE = 0.02;

    static final String DESCRIPTION =
            "within the file: \"picture\" [N, H, W, 3] takes the bytes of upright, opaque pictures of any size, red"
                    + " first";

    static final String NOTE = "Pictures are scaled by the runtime's Resize; ONNX Runtime's was compared, another"
            + " may round otherwise. Turn pictures upright and put clear ones on white before.";

    private static final String PICTURE = "picture";
    private static final OnnxMl.TensorProto.DataType BYTES = OnnxMl.TensorProto.DataType.UINT8;
    private static final OnnxMl.TensorProto.DataType FLOATS = OnnxMl.TensorProto.DataType.FLOAT;
    private static final OnnxMl.TensorProto.DataType DOUBLES = OnnxMl.TensorProto.DataType.DOUBLE;
    private static final OnnxMl.TensorProto.DataType WHOLE = OnnxMl.TensorProto.DataType.INT32;
    private static final OnnxMl.TensorProto.DataType LONGS = OnnxMl.TensorProto.DataType.INT64;

    private final NodeList nodes = new NodeList(PICTURE + "/");
    private final Preprocessing how;

    private PictureInput(Preprocessing how) {
        this.how = how;
    }

    /** Puts the preparation before a network's graph; its input becomes {@code picture}. */
    static void addTo(OnnxMl.ModelProto.Builder file, Preprocessing how) {
        PictureInput input = new PictureInput(how);
        input.prepare();
        OnnxMl.GraphProto.Builder graph = file.getGraphBuilder();
        List<OnnxMl.NodeProto> network =
                AxesAsInputs.of(graph, file.getOpsetImport(0).getVersion());
        graph.clearNode().addAllNode(input.nodes.nodes()).addAllNode(network);
        graph.addAllInitializer(input.nodes.constants());
        graph.setInput(0, declaration());
        long version = Math.max(file.getOpsetImport(0).getVersion(), OPERATOR_SET);
        file.clearOpsetImport()
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(version));
    }

    private void prepare() {
        String channelsFirst = how.colorMode() == ColorMode.GREY ? grey() : color();
        String fitting = how.resizeMode() == ResizeMode.SQUASH ? squashed(channelsFirst) : fitted(channelsFirst);
        String floats = nodes.cast(fitting, FLOATS);
        String shares = nodes.node("Div", List.of(floats, nodes.floats(new int[0], 255)));
        int[] channels = {1, how.channels(), 1, 1};
        String centred = nodes.node("Sub", List.of(shares, nodes.floats(channels, how.mean())));
        nodes.named("Div", List.of(centred, nodes.floats(channels, how.std())), OnnxWriter.INPUT);
    }

    /** (19,595 R + 38,470 G + 7,471 B + 2¹⁵) / 2¹⁶ in whole numbers: [N, H, W, 3] becomes [N, 1, H, W]. */
    private String grey() {
        String whole = nodes.cast(PICTURE, WHOLE);
        String weighted = nodes.node("Mul", List.of(whole, nodes.integers(19_595, 38_470, 7_471)));
        String sum = nodes.node("ReduceSum", List.of(weighted, nodes.longs(3)), attribute("keepdims", 0));
        String raised = nodes.node("Add", List.of(sum, nodes.integers(1 << 15)));
        String grey = nodes.cast(nodes.node("Div", List.of(raised, nodes.integers(1 << 16))), BYTES);
        return nodes.node("Unsqueeze", List.of(grey, nodes.longs(1)));
    }

    /**
     * [N, H, W, 3] becomes [N, 3, H, W], a channel at a time: ONNX Runtime 1.28 moves a Transpose behind the Resize, and then takes the sizes of
     * two axes for those of four.
     */
    private String color() {
        List<String> planes = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            String plane = nodes.node("Gather", List.of(PICTURE, nodes.longs(c)), attribute("axis", 3)); // [N, H, W, 1]
            String flat = nodes.node("Squeeze", List.of(plane, nodes.longs(3)));
            planes.add(nodes.node("Unsqueeze", List.of(flat, nodes.longs(1))));
        }
        return nodes.node("Concat", planes, attribute("axis", 1));
    }

    private String squashed(String picture) {
        return resized(picture, nodes.longs(how.height(), how.width()));
    }

    private String fitted(String picture) {
        String shape = nodes.node("Shape", List.of(PICTURE));
        String high = nodes.node("Gather", List.of(shape, nodes.longs(1)));
        String wide = nodes.node("Gather", List.of(shape, nodes.longs(2)));
        String toHigh = nodes.longs(how.height() + how.cropMargin());
        String toWide = nodes.longs(how.width() + how.cropMargin());
        String rows = side(high, wide, toHigh, toWide);
        String columns = side(wide, high, toWide, toHigh);
        String scaled = nodes.node("Concat", List.of(rows, columns), attribute("axis", 0));
        String wanted = nodes.longs(how.height(), how.width());
        String resized = resized(picture, scaled);
        if (how.resizeMode() != ResizeMode.FILL) resized = cut(resized, scaled, wanted);
        return how.resizeMode() == ResizeMode.CROP ? resized : filled(resized, scaled, wanted);
    }

    private String resized(String picture, String sizes) {
        return nodes.node(
                "Resize",
                List.of(picture, "", "", sizes),
                attribute("antialias", 1),
                attributes("axes", 2, 3),
                attribute("coordinate_transformation_mode", "half_pixel"),
                attribute("exclude_outside", 1), // shares of what is there, as Pillow has them
                attribute("mode", "linear"));
    }

    /** One side of the scaled picture, as {@link io.fovea.image.Resize} has it. */
    private String side(String mine, String other, String to, String otherTo) {
        String across = nodes.node("Mul", List.of(mine, otherTo));
        String along = nodes.node("Mul", List.of(other, to));
        if (how.resizeMode() == ResizeMode.HALF_CROP) {
            String area = nodes.node("Mul", List.of(to, otherTo));
            String product = nodes.node("Mul", List.of(nodes.node("Mul", List.of(mine, nodes.longs(2))), area));
            return halfUp(product, nodes.node("Add", List.of(across, along)));
        }
        String longer = nodes.node("Greater", List.of(across, along));
        if (how.resizeMode() == ResizeMode.FILL) return nodes.node("Where", List.of(longer, to, halfUp(across, other)));
        return nodes.node("Where", List.of(longer, nodes.node("Div", List.of(across, other)), to));
    }

    private String halfUp(String dividend, String divisor) {
        String twice = nodes.node("Mul", List.of(divisor, nodes.longs(2)));
        String above = nodes.node("Add", List.of(nodes.node("Mul", List.of(dividend, nodes.longs(2))), divisor));
        return nodes.node("Max", List.of(nodes.node("Div", List.of(above, twice)), nodes.longs(1)));
    }

    /** Cuts from half of what is too much, a half rounded to the even number. */
    private String cut(String picture, String scaled, String wanted) {
        String rest = nodes.node("Max", List.of(nodes.node("Sub", List.of(scaled, wanted)), nodes.longs(0)));
        String half = nodes.node("Mul", List.of(nodes.cast(rest, DOUBLES), nodes.half()));
        String from = nodes.cast(nodes.node("Round", List.of(half)), LONGS);
        String to = nodes.node("Add", List.of(from, wanted));
        return nodes.node("Slice", List.of(picture, from, to, nodes.longs(2, 3)));
    }

    /** Puts a picture that is too small on black, at half of what is missing, rounded down. */
    private String filled(String picture, String scaled, String wanted) {
        String rest = nodes.node("Max", List.of(nodes.node("Sub", List.of(wanted, scaled)), nodes.longs(0)));
        String before = nodes.node("Div", List.of(rest, nodes.longs(2)));
        String after = nodes.node("Sub", List.of(rest, before));
        String none = nodes.longs(0, 0);
        String pads = nodes.node("Concat", List.of(none, before, none, after), attribute("axis", 0));
        return nodes.node("Pad", List.of(picture, pads, nodes.bytes(0)));
    }

    private static OnnxMl.ValueInfoProto declaration() {
        OnnxMl.TensorShapeProto.Builder axes = OnnxMl.TensorShapeProto.newBuilder();
        for (String axis : List.of("N", "H", "W"))
            axes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(axis));
        axes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(3));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(PICTURE)
                .setDocString(DESCRIPTION)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(BYTES.getNumber())
                                .setShape(axes)))
                .build();
    }
}
