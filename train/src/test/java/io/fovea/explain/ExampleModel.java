package io.fovea.explain;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.predict.PredictionOptions;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Model files with weights that follow from names, as src/test/python/explain.py has them, and a picture for them. */
final class ExampleModel {

    static final String RESIDUAL = """
        name: residual
        input: [3, 12, 10]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 3, padding: 1, bias: false}
          - batch-norm: {name: bn1}
          - relu: {name: relu1}
          - max-pooling: {name: pool1, kernel: 2}
          - convolution: {name: conv2, outputs: 6, kernel: [3, 2], stride: 2, padding: 1, groups: 2}
          - batch-norm: {name: bn2}
          - convolution: {name: conv3, outputs: 6, kernel: 1, stride: 2, inputs: pool1}
          - add: {name: add, inputs: [bn2, conv3]}
          - silu: {name: silu}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 3}
        """;

    static final String VALUES = """
        name: values
        input: [3, 12, 10]
        layers:
          - convolution: {name: conv1, outputs: 5, kernel: 3}
          - relu: {name: relu1}
          - flatten: {name: flatten}
          - dense: {name: dense, outputs: 2}
        """;

    static final String MAPS = """
        name: maps
        input: [3, 12, 10]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 3, padding: 1}
          - relu: {name: relu1}
          - max-pooling: {name: pool1, kernel: 2}
          - convolution: {name: conv2, outputs: 4, kernel: 3, padding: 1}
          - relu: {name: relu2}
          - upsample: {name: up, factor: 2}
          - concat: {name: concat, inputs: [up, relu1]}
          - convolution: {name: head, outputs: 3, kernel: 1}
        """;

    static final String NEIGHBOURS = """
        name: neighbours
        input: [3, 12, 10]
        layers:
          - convolution: {name: conv1, outputs: 5, kernel: 3, stride: 2}
          - relu: {name: relu1}
          - flatten: {name: flatten}
          - dense: {name: projection, outputs: 4}
          - nearest-neighbours: {name: neighbours, k: 1, references: 6, outputs: 3}
        """;

    private ExampleModel() {}

    /** Returns the model of a network file. */
    static Explainer explainer(String yaml, Task task, Path folder) {
        Network network = NetworkYaml.read(yaml, "test");
        return explainer(network, weights(network), task, folder);
    }

    static Explainer explainer(Network network, Weights weights, Task task, Path folder) {
        Path file = write(network, weights, task, folder);
        return Explainer.of(Bundle.open(file), PredictionOptions.DEFAULT.withThreads(1), "example.fovea");
    }

    static Path write(Network network, Weights weights, Task task, Path folder) {
        Path file = folder.resolve("example.fovea");
        BundleExport.write(
                new BundleContents(
                        "example",
                        network,
                        weights,
                        preprocessing(network.input()),
                        task,
                        List.of(),
                        List.of(),
                        new Provenance("pattern", "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                file);
        return file;
    }

    /** Returns weights by name; labels of references go round the classes. */
    static Weights weights(Network network) {
        return new Weights(PatternWeights.of(network).tensors().stream()
                .map(tensor -> tensor.name().endsWith(".labels") ? labels(tensor) : tensor)
                .toList());
    }

    private static NamedTensor labels(NamedTensor tensor) {
        float[] labels = new float[tensor.values().length];
        for (int r = 0; r < labels.length; r++) labels[r] = r % 3;
        return new NamedTensor(tensor.name(), tensor.shape(), labels);
    }

    static Preprocessing preprocessing(Shape input) {
        boolean grey = input.size(0) == 1;
        return new Preprocessing(
                input.size(1),
                input.size(2),
                grey ? ColorMode.GREY : ColorMode.COLOR,
                ResizeMode.SQUASH,
                grey ? new float[] {0.5f} : new float[] {0.5f, 0.5f, 0.5f},
                grey ? new float[] {0.25f} : new float[] {0.25f, 0.25f, 0.25f});
    }

    /** Returns the picture of a pattern that fits a network, as a PNG file. */
    static byte[] picture(Shape input) {
        byte[] values = new byte[Math.toIntExact(input.count())];
        for (int i = 0; i < values.length; i++) values[i] = (byte) ((i * 73 + 19) % 251);
        return PngWriter.bytes(new Pixels(input.size(1), input.size(2), input.size(0), values));
    }

    static PreparedPicture prepared(Explainer explainer) {
        return explainer.prepare(picture(explainer.layers().input()), "pattern.png");
    }
}
