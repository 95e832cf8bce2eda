package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.task.Classification;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Networks of the catalogue as they are before they have learned: their answers are nonsense, and the same nonsense everywhere. */
final class ExampleModels {

    private ExampleModels() {}

    /** Ten classes of grey pictures [1, 28, 28]. */
    static Path lenet(Path file) {
        write("lenet", ColorMode.GREY, file);
        return file;
    }

    /** The same, but what its golden picture claims is off by 1. */
    static Path unproven(Path file) {
        Bundle right = Bundle.open(lenet(file));
        Manifest before = right.manifest();
        GoldenPicture golden = before.golden().getFirst();
        float[] logits = golden.logits();
        logits[0] += 1;
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
                before.familiarity(),
                List.of());
        BundleWriter.write(
                Bundle.of(manifest, right.onnx(), Map.of(golden.file(), right.golden(golden)), Map.of()), file);
        return file;
    }

    /** Ten classes of coloured pictures [3, 32, 32]. */
    static Path resnet20(Path file) {
        write("resnet20", ColorMode.COLOR, file);
        return file;
    }

    private static void write(String name, ColorMode colors, Path file) {
        byte[] white = png(255);
        export(name, colors, List.of(), file);
        float[] logits;
        try (Classifier classifier = Classifier.of(Bundle.open(file), PredictionOptions.DEFAULT)) {
            logits = classifier.classify(white).logits();
        }
        export(name, colors, List.of(new GoldenExample("white.png", white, 0, logits)), file);
    }

    private static void export(String name, ColorMode colors, List<GoldenExample> golden, Path file) {
        Network network = Catalogue.entry(name).network();
        Weights weights = Initialization.of(network, new SplittableRandom(7));
        int channels = colors == ColorMode.GREY ? 1 : 3;
        float[] half = new float[channels];
        java.util.Arrays.fill(half, 0.5f);
        int side = colors == ColorMode.GREY ? 28 : 32;
        Preprocessing preprocessing = new Preprocessing(side, side, colors, ResizeMode.SQUASH, half, half);
        List<String> classes =
                IntStream.range(0, 10).mapToObj(label -> "class " + label).toList();
        BundleExport.write(
                new BundleContents(
                        name,
                        network,
                        weights,
                        preprocessing,
                        new Classification(classes),
                        golden,
                        List.of(),
                        new Provenance("nothing", "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                file);
    }

    /** A picture of one grey, 0 to 255. */
    static byte[] png(int grey) {
        byte value = (byte) grey;
        return PngWriter.bytes(new Pixels(2, 2, 1, new byte[] {value, value, value, value}));
    }
}
