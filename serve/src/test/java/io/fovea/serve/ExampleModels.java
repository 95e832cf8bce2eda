package io.fovea.serve;

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
import io.fovea.module.Initialization;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.predict.Model;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Model files of every task with random weights, for pictures of 12x10 pixels. */
final class ExampleModels {

    static final List<String> CLASS_NAMES = List.of("cat", "dog", "bird");

    static final String CLASSIFIER = """
        name: classifier
        input: [3, 10, 12]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 3}
          - relu: {name: relu1}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 3}
        """;

    /** A thousand pictures at once keep it busy for seconds. */
    static final String SLOW = """
        name: slow
        input: [3, 10, 12]
        layers:
          - convolution: {name: conv1, outputs: 256, kernel: 3, padding: 1}
          - convolution: {name: conv2, outputs: 256, kernel: 3, padding: 1}
          - convolution: {name: conv3, outputs: 256, kernel: 3, padding: 1}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 3}
        """;

    static final String NEIGHBOURS = """
        name: neighbours
        input: [3, 10, 12]
        layers:
          - flatten: {name: flatten}
          - dense: {name: projection, outputs: 4}
          - nearest-neighbours: {name: neighbours, k: 1, references: 6, outputs: 3}
        """;

    static final String VALUES = """
        name: values
        input: [3, 10, 12]
        layers:
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 3}
        """;

    static final String ONE_VALUE = VALUES.replace("outputs: 3", "outputs: 1");

    static final String MAPS = """
        name: maps
        input: [3, 10, 12]
        layers:
          - convolution: {name: head, outputs: 3, kernel: 3, padding: 1}
        """;

    static final Task CLASSES = new Classification(CLASS_NAMES);

    static final Task NOSE = new Regression(List.of(
            Target.place("nose_x", Axis.X, 12),
            Target.place("nose_y", Axis.Y, 10),
            new Target("age", Axis.NONE, 40, 20)));

    static final Task AGE = new Regression(List.of(new Target("age", Axis.NONE, 40, 20)));

    static final Task PIXELS = new Segmentation(List.of("sky", "road", "car"));

    static final Task PICTURES = new Reconstruction();

    /** What the golden pictures of a file say. */
    enum Golden {
        /** What the network gives. */
        RIGHT,
        /** Something else: the file does not prove itself. */
        WRONG
    }

    private ExampleModels() {}

    /** Writes a model as a whole, where another one may be. */
    static Path write(String yaml, Task task, int seed, Golden golden, Path file) {
        try {
            Network network = NetworkYaml.read(yaml, "test");
            Weights weights = weights(network, seed);
            Path bare = Files.createTempFile("bare", ".fovea");
            BundleExport.write(contents(network, weights, task, List.of()), bare);
            byte[] png = picture(10, 12, seed);
            float[] result;
            try (Model model = Model.load(bare)) {
                result = model.run(Map.of("input", model.prepare(png, "golden")), List.of(task.result()))
                        .get(task.result())
                        .floats();
            }
            BundleExport.write(
                    contents(network, weights, task, List.of(new GoldenExample("golden.png", png, 0, result))), bare);
            if (golden == Golden.WRONG) BundleWriter.write(otherwise(Bundle.open(bare)), bare);
            Files.createDirectories(file.getParent());
            return Files.move(bare, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As if another network had been measured. */
    private static Bundle otherwise(Bundle right) {
        Manifest like = right.manifest();
        GoldenPicture golden = like.golden().getFirst();
        float[] result = golden.logits().clone();
        result[0] += 1;
        GoldenPicture other = new GoldenPicture(
                golden.file(),
                golden.source(),
                golden.label(),
                golden.decodedShape(),
                golden.decodedSha256(),
                golden.resizedSha256(),
                golden.tensorSha256(),
                golden.stride(),
                result);
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

    static Path write(String yaml, Task task, int seed, Path file) {
        return write(yaml, task, seed, Golden.RIGHT, file);
    }

    private static Weights weights(Network network, int seed) {
        return new Weights(Initialization.of(network, new SplittableRandom(seed)).tensors().stream()
                .map(tensor -> tensor.name().endsWith(".labels") ? labels(tensor) : tensor)
                .toList());
    }

    private static NamedTensor labels(NamedTensor tensor) {
        float[] labels = new float[tensor.values().length];
        for (int r = 0; r < labels.length; r++) labels[r] = r % 3;
        return new NamedTensor(tensor.name(), tensor.shape(), labels);
    }

    private static BundleContents contents(Network network, Weights weights, Task task, List<GoldenExample> golden) {
        return new BundleContents(
                network.name(),
                network,
                weights,
                new Preprocessing(
                        10, 12, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0.5f, 0.5f, 0.5f}, new float[] {
                            0.25f, 0.25f, 0.25f
                        }),
                task,
                golden,
                List.of(),
                new Provenance("random", "none", "none", Map.of(), 0, "test", Instant.EPOCH));
    }

    /** Returns a picture of noise as a PNG file. */
    static byte[] picture(int height, int width, int seed) {
        byte[] values = new byte[height * width * 3];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) values[i] = (byte) random.nextInt(256);
        return PngWriter.bytes(new Pixels(height, width, 3, values));
    }
}
