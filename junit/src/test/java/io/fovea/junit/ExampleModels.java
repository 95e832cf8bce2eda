package io.fovea.junit;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
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
import io.fovea.task.Regression;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Models that can be computed in the head: four grey pixels, of which a byte of 0 becomes −1 and 255 becomes +1. With s their sum, the logits are
 * −s ("dark") and s ("bright"): grey 0 is dark and grey 255 bright, each with 99.97 %.
 */
final class ExampleModels {

    static final String CLASSIFIER = "target/models/brightness.fovea";
    static final String REGRESSOR = "target/models/weight.fovea";
    static final String WITHOUT_GOLDEN = "target/models/bare.fovea";
    static final String BROKEN = "target/models/broken.fovea";

    private ExampleModels() {}

    /** Writes all of them, from the folder of the module. */
    static void write() {
        Task brightness = new Classification(List.of("dark", "bright"));
        byte[] white = png(255);
        write(
                CLASSIFIER,
                brightness,
                new float[] {-1, -1, -1, -1, 1, 1, 1, 1},
                List.of(new GoldenExample("white.png", white, 1, new float[] {-4, 4})));
        write(WITHOUT_GOLDEN, brightness, new float[] {-1, -1, -1, -1, 1, 1, 1, 1}, List.of());
        BundleWriter.write(otherwise(Bundle.open(Path.of(CLASSIFIER))), Path.of(BROKEN));
        write(
                REGRESSOR,
                new Regression(List.of(new Target("weight", Axis.NONE, 70, 10))),
                new float[] {1, 1, 1, 1},
                List.of());
    }

    private static void write(String file, Task task, float[] weights, List<GoldenExample> golden) {
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
        try {
            Files.createDirectories(Path.of(file).getParent());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        BundleExport.write(
                new BundleContents(
                        "example",
                        network,
                        tensors,
                        preprocessing,
                        task,
                        golden,
                        List.of(),
                        new Provenance("head", "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                Path.of(file));
    }

    /** As if another network had been measured. */
    private static Bundle otherwise(Bundle right) {
        Manifest like = right.manifest();
        GoldenPicture golden = like.golden().getFirst();
        GoldenPicture other = new GoldenPicture(
                golden.file(),
                golden.source(),
                golden.label(),
                golden.decodedShape(),
                golden.decodedSha256(),
                golden.resizedSha256(),
                golden.tensorSha256(),
                golden.stride(),
                new float[] {-4, 5});
        Manifest manifest = new Manifest(
                like.formatVersion(),
                like.name(),
                like.task(),
                like.preprocessing(),
                like.outputs(),
                like.sizes(),
                like.measurements(),
                like.provenance(),
                like.tolerance(),
                List.of(other),
                like.familiarity(),
                List.of());
        return Bundle.of(manifest, right.onnx(), Map.of(golden.file(), right.golden(golden)), Map.of());
    }

    /** A picture of one grey, 0 to 255. */
    static byte[] png(int grey) {
        byte value = (byte) grey;
        return PngWriter.bytes(new Pixels(2, 2, 1, new byte[] {value, value, value, value}));
    }

    /** Writes a picture of one grey into a folder of a folder. */
    static void picture(Path folder, String name, int grey) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, png(grey));
    }
}
