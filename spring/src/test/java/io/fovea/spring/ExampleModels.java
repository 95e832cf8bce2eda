package io.fovea.spring;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Familiarity;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.task.Classification;
import io.fovea.task.Measure;
import io.fovea.task.Regression;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models that can be computed in the head: four grey pixels, of which a byte of 0 becomes −1 and 255 becomes +1. With s their sum, the logits are
 * −s ("dark") and s ("bright").
 */
final class ExampleModels {

    private static final float[] BRIGHTNESS = {-1, -1, -1, -1, 1, 1, 1, 1};

    private static final Familiarity FAMILIAR = new Familiarity(
            "distance",
            1,
            0.05,
            10,
            Familiarity.Choice.VALIDATION,
            new Measurement(Measure.share("false alarms", 0.05).within(0, 0.1), "test", 10));

    private ExampleModels() {}

    /** Tells dark from bright, and finds pictures with s above 1 unfamiliar: the squared distance is s. */
    static Path brightness(Path file) {
        write(file, new Classification(List.of("dark", "bright")), BRIGHTNESS, true);
        Bundle bundle = Bundle.open(file);
        BundleWriter.write(rewritten(bundle, withDistance(bundle.onnx()), new float[] {-4, 4}, FAMILIAR), file);
        return file;
    }

    /** The same, but its golden picture claims another outcome. */
    static Path broken(Path file) {
        Bundle bundle = Bundle.open(brightness(file));
        BundleWriter.write(
                rewritten(
                        bundle,
                        bundle.onnx(),
                        new float[] {-4, 5},
                        bundle.manifest().familiarity().orElseThrow()),
                file);
        return file;
    }

    /** Gives the value 70 + 10·s. */
    static Path weight(Path file) {
        write(file, new Regression(List.of(new Target("weight", Axis.NONE, 70, 10))), new float[] {1, 1, 1, 1}, false);
        return file;
    }

    private static void write(Path file, Task task, float[] weights, boolean golden) {
        int outputs = weights.length / 4;
        Network network = NetworkYaml.read("""
            name: linear
            input: [1, 2, 2]
            layers:
              - flatten: {name: flatten}
              - dense: {name: dense, outputs: %d}
            """.formatted(outputs), "test");
        Weights tensors = new Weights(List.of(
                new NamedTensor("dense.weight", new int[] {outputs, 4}, weights),
                new NamedTensor("dense.bias", new int[] {outputs}, new float[outputs])));
        Preprocessing preprocessing =
                new Preprocessing(2, 2, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.5f});
        List<GoldenExample> examples =
                golden ? List.of(new GoldenExample("white.png", png(255), 1, new float[] {-4, 4})) : List.of();
        BundleExport.write(
                new BundleContents(
                        "example",
                        network,
                        tensors,
                        preprocessing,
                        task,
                        examples,
                        List.of(),
                        new Provenance("head", "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                file);
    }

    /** Adds the output "distance" [N, 1], which is the second of the logits. */
    private static byte[] withDistance(byte[] onnx) {
        try {
            OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(onnx).toBuilder();
            model.getGraphBuilder()
                    .addInitializer(OnnxMl.TensorProto.newBuilder()
                            .setName("second")
                            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                            .addDims(1)
                            .addInt64Data(1))
                    .addNode(OnnxMl.NodeProto.newBuilder()
                            .setOpType("Gather")
                            .addInput("logits")
                            .addInput("second")
                            .addOutput("distance")
                            .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                    .setName("axis")
                                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                                    .setI(1)))
                    .addOutput(OnnxMl.ValueInfoProto.newBuilder()
                            .setName("distance")
                            .setType(OnnxMl.TypeProto.newBuilder()
                                    .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                            .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                                            .setShape(OnnxMl.TensorShapeProto.newBuilder()
                                                    .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                            .setDimParam("N"))
                                                    .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                            .setDimValue(1))))));
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Bundle rewritten(Bundle like, byte[] onnx, float[] logits, Familiarity familiarity) {
        Manifest before = like.manifest();
        GoldenPicture golden = before.golden().getFirst();
        GoldenPicture other = new GoldenPicture(
                golden.file(),
                golden.source(),
                golden.label(),
                golden.decodedShape(),
                golden.decodedSha256(),
                golden.resizedSha256(),
                golden.tensorSha256(),
                golden.stride(),
                logits);
        Manifest manifest = new Manifest(
                before.formatVersion(),
                before.name(),
                before.task(),
                before.preprocessing(),
                before.outputs(),
                before.sizes(),
                before.measurements(),
                before.provenance(),
                before.tolerance(),
                List.of(other),
                Optional.of(familiarity),
                List.of());
        return Bundle.of(manifest, onnx, Map.of(golden.file(), like.golden(golden)), Map.of());
    }

    /** A picture of one grey, 0 to 255. */
    static byte[] png(int grey) {
        byte value = (byte) grey;
        return PngWriter.bytes(new Pixels(2, 2, 1, new byte[] {value, value, value, value}));
    }
}
