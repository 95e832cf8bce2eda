package io.fovea.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.network.SmallCatalogue;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against ONNX Runtime, which CatalogueForwardTest holds to torchvision. */
@DisplayName("A network of the catalogue as a TensorFlow Lite file")
class CatalogueInTfliteTest {

    private static final int PICTURES = 3;

    private static TfliteSession session;

    @BeforeAll
    static void begin() throws IOException {
        session = new TfliteSession();
    }

    @AfterAll
    static void end() throws IOException {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("io.fovea.network.SmallCatalogue#names")
    void answers_as_its_onnx_file_does(String name) throws Exception {
        Network network = SmallCatalogue.network(name);
        Weights weights = PatternWeights.of(network);
        Task task = SmallCatalogue.task(network);
        int[] sizes = network.input().sizes();
        float[] pictures = PatternWeights.pattern(
                "pictures", PICTURES * (int) network.input().count());
        Shape output = Inference.of(network).output();
        int area = (int) output.count() / output.size(0);

        TfliteSession.Outputs answers = session.run(
                TfliteWriter.write(network, weights, task, Map.of()),
                TfliteSession.channelsLast(pictures, sizes[0], sizes[1] * sizes[2]),
                TfliteSession.Kernels.DEFAULT,
                PICTURES,
                sizes[1],
                sizes[2],
                sizes[0]);

        try (OnnxSession onnx = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()))) {
            for (String each : answers.outputs().keySet()) {
                float[] expected = TfliteSession.channelsLast(
                        onnx.output(each, pictures, PICTURES, sizes[0], sizes[1], sizes[2]), output.size(0), area);
                float[] found = answers.values(each);
                assertThat(found).hasSameSizeAs(expected);
                float largest = 0;
                float difference = 0;
                for (int i = 0; i < found.length; i++) {
                    largest = Math.max(largest, Math.abs(expected[i]));
                    difference = Math.max(difference, Math.abs(found[i] - expected[i]));
                }
                assertThat(difference).isLessThanOrEqualTo(each.equals("probabilities") ? 1e-4f : 1e-4f * largest);
            }
        }
    }

    /** Weights that nobody trained let errors grow from layer to layer, so that only the direction of the logits can be compared. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet",
                "mlp",
                "cifar-cnn",
                "resnet20",
                "photo-cnn",
                "squeezenet1_1",
                "mobilenet_v2",
                "googlenet",
                "unet-small",
                "lraspp-mobilenet",
                "fcn-resnet18",
                "autoencoder-small",
                "denoiser-small"
            })
    void answers_nearly_so_in_whole_numbers(String name) throws Exception {
        Network network = SmallCatalogue.network(name);
        FoldedNetwork folded = FoldedNetwork.of(network, PatternWeights.of(network));
        Task task = SmallCatalogue.task(network);
        int[] sizes = network.input().sizes();
        float[] pictures = PatternWeights.pattern(
                "pictures", PICTURES * (int) network.input().count());
        Shape output = Inference.of(network).output();
        MinMax ranges = MinMax.of(folded, task, pictures, PICTURES);

        byte[] file = TfliteWriter.write(folded.network(), folded.weights(), ranges.numbers(), task, Map.of());

        float[] expected =
                TfliteSession.channelsLast(ranges.result(), output.size(0), (int) output.count() / output.size(0));
        for (TfliteSession.Kernels kernels : TfliteSession.Kernels.values()) {
            float[] found = session.run(
                            file,
                            TfliteSession.channelsLast(pictures, sizes[0], sizes[1] * sizes[2]),
                            kernels,
                            PICTURES,
                            sizes[1],
                            sizes[2],
                            sizes[0])
                    .values(task.result());
            assertThat(cosine(found, expected)).as(kernels.toString()).isGreaterThan(0.97);
        }
        int floats = TfliteWriter.write(network, PatternWeights.of(network), task, Map.of()).length;
        assertThat(file.length).isLessThan(floats / 2);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaredA = 0;
        double squaredB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaredA += (double) a[i] * a[i];
            squaredB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaredA * squaredB);
    }
}
