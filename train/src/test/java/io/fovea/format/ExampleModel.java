package io.fovea.format;

import ai.onnxruntime.OrtException;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Model files with drawn weights, whose golden pictures ONNX Runtime has answered. */
final class ExampleModel {

    private ExampleModel() {}

    /** Returns weights that keep values near 1. */
    static Weights weights(Network network) {
        SplittableRandom random = new SplittableRandom(11);
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            int[] shape = parameter.shape();
            float[] values = new float[(int) parameter.count()];
            double scale = shape.length < 2
                    ? 0.1
                    : Math.sqrt(2.0 / Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
            boolean spread = parameter.name().endsWith("running_var");
            for (int i = 0; i < values.length; i++) values[i] = spread ? 1 : (float) (scale * random.nextGaussian());
            tensors.add(new NamedTensor(parameter.name(), shape, values));
        }
        return new Weights(tensors);
    }

    /** Returns a picture whose bytes are drawn. */
    static Pixels picture(int height, int width, int channels, long seed) {
        byte[] values = new byte[height * width * channels];
        new SplittableRandom(seed).nextBytes(values);
        return new Pixels(height, width, channels, values);
    }

    /** Writes a model with a golden picture of each size. */
    static Path write(Path target, Network network, Preprocessing how, Task task, int[]... sizes) {
        Weights weights = weights(network);
        List<GoldenExample> golden = new ArrayList<>();
        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()))) {
            for (int[] size : sizes) {
                Pixels picture = picture(size[0], size[1], how.channels(), golden.size());
                float[] tensor = new float[how.channels() * how.height() * how.width()];
                how.normalise(how.prepare(picture), tensor, 0);
                float[] result = session.output(task.result(), tensor, 1, how.channels(), how.height(), how.width());
                golden.add(new GoldenExample(
                        "test/" + golden.size(), PngWriter.bytes(picture), golden.size() % 2, result));
            }
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
        Provenance provenance =
                new Provenance(network.name(), "drawn", "0".repeat(64), Map.of(), 1, "test", Instant.EPOCH);
        BundleExport.write(
                new BundleContents("example", network, weights, how, task, golden, List.of(), provenance), target);
        return target;
    }
}
