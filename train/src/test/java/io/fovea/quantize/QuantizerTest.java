package io.fovea.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.PatternWeights;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A network in whole numbers")
class QuantizerTest {

    private static final String RESIDUAL = """
        name: residual
        input: [3, 16, 16]
        layers:
          - convolution: {name: conv1, outputs: 8, kernel: 3, padding: 1, bias: false}
          - batch-norm: {name: bn1}
          - relu: {name: relu1}
          - max-pooling: {name: pool1, kernel: 2}
          - convolution: {name: conv2, outputs: 8, kernel: 3, padding: 1, groups: 8}
          - batch-norm: {name: bn2}
          - relu6: {name: relu2}
          - convolution: {name: conv3, outputs: 8, kernel: 1, inputs: pool1}
          - add: {name: add, inputs: [relu2, conv3]}
          - relu: {name: relu3}
          - concat: {name: concat, inputs: [relu3, pool1]}
          - global-average-pooling: {name: mean}
          - flatten: {name: flatten}
          - dropout: {name: dropout, rate: 0.5}
          - dense: {name: dense, outputs: 4}
        """;

    private static final String MAPS = """
        name: maps
        input: [3, 16, 16]
        layers:
          - convolution: {name: conv1, outputs: 4, kernel: 3, padding: 1}
          - relu: {name: relu1}
          - max-pooling: {name: pool1, kernel: 2}
          - convolution: {name: conv2, outputs: 4, kernel: 3, padding: 1}
          - silu: {name: silu}
          - upsample: {name: up, factor: 2}
          - concat: {name: concat, inputs: [up, relu1]}
          - convolution: {name: head, outputs: 3, kernel: 1}
        """;

    private static final String MEANS = """
        name: means
        input: [3, 16, 16]
        layers:
          - convolution: {name: conv, outputs: 3, kernel: 3, padding: 1}
          - global-average-pooling: {name: mean}
          - flatten: {name: flatten}
        """;

    /** Pictures of noise, all different. */
    private static final CalibrationPictures PICTURES = noise(32);

    @TempDir
    Path folder;

    private static CalibrationPictures noise(int count) {
        List<float[]> pictures = new ArrayList<>();
        Random random = new Random(1);
        for (int n = 0; n < count; n++) {
            float[] picture = new float[3 * 16 * 16];
            for (int i = 0; i < picture.length; i++) picture[i] = (float) random.nextGaussian();
            pictures.add(picture);
        }
        return new CalibrationPictures() {
            @Override
            public int count() {
                return pictures.size();
            }

            @Override
            public float[] picture(int index) {
                return pictures.get(index);
            }
        };
    }

    private static Quantization quantized(Network network, Weights weights, Task task, double bound) {
        return Quantizer.quantize(
                network, weights, task, PICTURES, WeightRange.SEVEN_BITS, bound, Map.of(), (_, _) -> {}, 1);
    }

    /** What ONNX Runtime makes of a file before it runs it. */
    private Set<String> operators(byte[] onnx) throws OrtException, IOException {
        Path file = folder.resolve("optimised.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizedModelFilePath(file.toString());
            OrtEnvironment.getEnvironment().createSession(onnx, options).close();
        }
        Set<String> operators = new TreeSet<>();
        OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file))
                .getGraph()
                .getNodeList()
                .forEach(node -> operators.add(node.getOpType()));
        return operators;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) largest = Math.max(largest, Math.abs(value));
        return largest;
    }

    @Nested
    @DisplayName("with shortcuts, pooling and a head")
    class Residual {

        private final Network network = NetworkYaml.read(RESIDUAL, "test");
        private final Weights weights = PatternWeights.of(network);
        private final Task task = Classification.numbered(4);

        @Test
        void answers_as_in_floats_but_for_rounding() throws OrtException {
            Quantization made = quantized(network, weights, task, 10);

            try (OnnxSession floats = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()));
                    OnnxSession whole = new OnnxSession(made.onnx())) {
                for (int i = 0; i < 4; i++) {
                    float[] expected = floats.output("logits", PICTURES.picture(i), 1, 3, 16, 16);
                    float[] found = whole.output("logits", PICTURES.picture(i), 1, 3, 16, 16);
                    for (int k = 0; k < 4; k++)
                        assertThat((double) found[k]).isCloseTo(expected[k], within(0.03 * largest(expected)));
                }
            }
            assertThat(made.floatLayers()).isEmpty();
            assertThat(made.layers()).isEqualTo(4);
        }

        @Test
        void is_computed_by_operators_for_whole_numbers_alone() throws OrtException, IOException {
            Set<String> operators =
                    operators(quantized(network, weights, task, 10).onnx());

            assertThat(operators)
                    .contains("QLinearConv", "QLinearAdd", "QLinearConcat", "QGemm", "QLinearGlobalAveragePool")
                    .doesNotContain("Conv", "FusedConv", "Add", "Relu", "Clip", "BatchNormalization", "Concat", "Gemm");
        }

        @Test
        void puts_numbers_next_to_each_other_as_they_are_where_nothing_else_reads_them() {
            Map<String, ActivationScale> scales =
                    quantized(network, weights, task, 10).numbers().results();

            assertThat(scales.get("relu3")).isEqualTo(scales.get("concat"));
            assertThat(scales.get("relu1")).isNotEqualTo(scales.get("concat")); // convolutions read it too
        }

        @Test
        void gives_what_is_averaged_a_zero_that_means_of_signed_bytes_can_take_away_exactly() {
            Map<String, ActivationScale> scales =
                    quantized(network, weights, task, 10).numbers().results();

            double zero = (scales.get("concat").zeroPoint() - 128)
                    * (double) scales.get("concat").scale()
                    / scales.get("mean").scale();
            assertThat(zero).isCloseTo(Math.rint(zero), within(1e-3));
        }

        @Test
        void has_the_outputs_of_the_network_in_floats() throws OrtException {
            byte[] onnx = quantized(network, weights, task, 10).onnx();

            try (OnnxSession whole = new OnnxSession(onnx)) {
                assertThat(whole.output("features", PICTURES.picture(0), 1, 3, 16, 16))
                        .hasSize(16);
                assertThat(whole.output("probabilities", PICTURES.picture(0), 1, 3, 16, 16))
                        .hasSize(4);
            }
        }

        @Test
        void has_the_same_bytes_each_time() {
            assertThat(quantized(network, weights, task, 10).onnx())
                    .isEqualTo(quantized(network, weights, task, 10).onnx());
        }

        @Test
        void gives_layers_back_to_floats_until_its_answers_are_near_enough() throws OrtException, IOException {
            double all = quantized(network, weights, task, 10).difference();

            Quantization made = quantized(network, weights, task, all / 1000);

            assertThat(made.floatLayers()).isNotEmpty();
            assertThat(made.first()).isEqualTo(all);
            assertThat(made.difference()).isLessThan(all);
            assertThat(operators(made.onnx())).containsAnyOf("Conv", "FusedConv", "Gemm");
        }
    }

    @Test
    void may_answer_with_maps_and_hold_layers_that_only_floats_have() throws OrtException {
        Network network = NetworkYaml.read(MAPS, "test");
        Weights weights = PatternWeights.of(network);
        Task task = new Segmentation(List.of("a", "b", "c"));

        Quantization made = quantized(network, weights, task, 10);

        try (OnnxSession floats = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()));
                OnnxSession whole = new OnnxSession(made.onnx())) {
            float[] expected = floats.output(task.result(), PICTURES.picture(0), 1, 3, 16, 16);
            float[] found = whole.output(task.result(), PICTURES.picture(0), 1, 3, 16, 16);
            assertThat(found).containsExactly(expected, within((float) (0.05 * largest(expected))));
        }
    }

    @Test
    void answers_with_means_that_are_not_rounded() throws OrtException {
        Network network = NetworkYaml.read(MEANS, "test");
        Quantization made = quantized(network, PatternWeights.of(network), Classification.numbered(3), 10);

        assertThat(made.floatLayers()).isEmpty(); // of those with weights
        float step = made.numbers().results().get("mean").scale();
        try (OnnxSession whole = new OnnxSession(made.onnx())) {
            float[] logits = whole.output("logits", PICTURES.picture(0), 1, 3, 16, 16);
            double off = 0;
            for (float logit : logits) off = Math.max(off, Math.abs(logit / step - Math.rint(logit / step)));
            assertThat(off).isGreaterThan(0.01);
        }
    }

    /** A step of whole numbers would show in them: all are near its multiples. */
    @Test
    void answers_with_maps_that_are_not_rounded_before_they_are_enlarged() throws OrtException {
        String enlarged = "  - upsample: {name: larger, factor: 2, interpolation: %s}\n";
        for (String interpolation : List.of("nearest", "bilinear")) {
            Network network = NetworkYaml.read(MAPS + String.format(Locale.ROOT, enlarged, interpolation), "test");
            Quantization made =
                    quantized(network, PatternWeights.of(network), new Segmentation(List.of("a", "b", "c")), 10);

            assertThat(made.numbers().floatLayers()).as(interpolation).hasSize(1);
            try (OnnxSession whole = new OnnxSession(made.onnx())) {
                float[] logits = whole.output("logits", PICTURES.picture(0), 1, 3, 16, 16);
                Set<Float> different = new HashSet<>();
                for (float logit : logits) different.add(logit);
                assertThat(different).as(interpolation).hasSizeGreaterThan(256);
            }
        }
    }

    @Test
    void may_answer_with_numbers() {
        Network network = NetworkYaml.read(RESIDUAL, "test");
        Task task = new Regression(List.of(
                new Target("a", Axis.NONE, 0, 1),
                new Target("b", Axis.NONE, 0, 1),
                new Target("c", Axis.NONE, 0, 1),
                new Target("d", Axis.NONE, 0, 1)));

        Quantization made = quantized(network, PatternWeights.of(network), task, 1);

        assertThat(made.difference()).isBetween(0.0, 0.05);
    }

    @Test
    void folds_batch_norms_into_what_they_read() throws OrtException {
        Network network = NetworkYaml.read(RESIDUAL, "test");
        Weights weights = PatternWeights.of(network);

        FoldedNetwork folded = ClippedFirst.of(network, weights);

        assertThat(folded.network().nodes()).extracting(node -> node.name()).doesNotContain("bn1", "bn2", "dropout");
        try (OnnxSession before = new OnnxSession(OnnxWriter.write(network, weights, Map.of()));
                OnnxSession after = new OnnxSession(OnnxWriter.write(folded.network(), folded.weights(), Map.of()))) {
            float[] expected = before.output("logits", PICTURES.picture(0), 1, 3, 16, 16);
            assertThat(after.output("logits", PICTURES.picture(0), 1, 3, 16, 16))
                    .containsExactly(expected, within((float) (1e-5 * largest(expected))));
        }
    }

    @Nested
    @DisplayName("is refused")
    class Refused {

        private final Network network = NetworkYaml.read(RESIDUAL, "test");
        private final Task task = Classification.numbered(4);

        @Test
        void with_fewer_than_sixteen_pictures() {
            assertThatThrownBy(() -> Quantizer.check(network, PatternWeights.of(network), 15))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("at least 16 pictures")
                    .hasMessageContaining("15");
        }

        @Test
        void with_a_weight_that_is_no_number() {
            List<NamedTensor> tensors =
                    new ArrayList<>(PatternWeights.of(network).tensors());
            tensors.replaceAll(tensor -> {
                float[] values = Arrays.copyOf(tensor.values(), tensor.values().length);
                if (tensor.name().equals("conv3.weight")) values[5] = Float.NaN;
                return new NamedTensor(tensor.name(), tensor.shape(), values);
            });

            assertThatThrownBy(() -> Quantizer.check(network, new Weights(tensors), 100))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).contains("NaN");
                        assertThat(problem.where()).contains("conv3.weight");
                    });
        }

        @Test
        void where_neighbours_decide() {
            Network neighbours = NetworkYaml.read(
                    "name: n\ninput: [1, 2, 2]\nlayers:\n  - flatten: {name: flatten}\n"
                            + "  - nearest-neighbours: {name: search, k: 1, references: 3, outputs: 2}\n",
                    "test");

            assertThatThrownBy(() -> Quantizer.check(neighbours, PatternWeights.of(neighbours), 100))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("nearest neighbours");
        }
    }
}
