package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** libtorch is the independent source: whatever the vector kernels compute, it must compute too. */
@DisplayName("The two engines")
class EngineAgreementTest {

    private static final String LENET = """
        name: small-lenet
        input: [1, 14, 14]
        layers:
          - convolution: {outputs: 6, kernel: 5}
          - max-pooling: {kernel: 2}
          - relu
          - flatten
          - dense: {outputs: 11}
          - tanh
          - dense: {outputs: 3}
        """;

    private static final String ODD = """
        name: odd
        input: [3, 11, 9]
        layers:
          - convolution: {outputs: 7, kernel: 3, padding: 1, stride: 2}
          - leaky-relu
          - convolution: {outputs: 3, kernel: 2, dilation: 2, bias: false}
          - average-pooling: {kernel: 2, stride: 1}
          - sigmoid
          - convolution: {outputs: 5, kernel: 1}
          - global-average-pooling
          - flatten
          - dense: {outputs: 4}
        """;

    private static final String OVERLAPPING = """
        name: overlapping
        input: [3, 13, 13]
        layers:
          - convolution: {outputs: 9, kernel: 3}
          - relu
          - max-pooling: {kernel: 3, stride: 2, padding: 1}
          - convolution: {outputs: 4, kernel: 3, padding: 2}
          - flatten
          - dense: {outputs: 70}
          - relu
          - dense: {outputs: 2}
        """;

    @Nested
    @DisplayName("on the same weights and pictures")
    class Same {

        @ParameterizedTest(name = "{0} pictures, LeNet's layers")
        @ValueSource(ints = {1, 5, 16, 33, 64})
        void agree_on_lenets_layers(int pictures) {
            agree(LENET, pictures);
        }

        @ParameterizedTest(name = "{0} pictures, odd sizes, stride, dilation")
        @ValueSource(ints = {3, 40})
        void agree_on_odd_sizes_strides_and_dilation(int pictures) {
            agree(ODD, pictures);
        }

        @ParameterizedTest(name = "{0} pictures, overlapping windows")
        @ValueSource(ints = {2, 50})
        void agree_on_overlapping_windows_and_padding(int pictures) {
            agree(OVERLAPPING, pictures);
        }
    }

    @Nested
    @DisplayName("on two runs of the same step")
    class Repeated {

        @Test
        void give_the_same_bits() {
            Network network = NetworkYaml.read(LENET, "test");
            Weights weights = Initialization.of(network, new SplittableRandom(3));
            Batch batch = batch(network, 48, 5);
            try (Workers workers = new Workers(2);
                    TrainableModule one = new VectorModule(network, preprocessing(network), weights, workers);
                    TrainableModule two = new VectorModule(network, preprocessing(network), weights, workers)) {
                assertThat(gradients(one, batch)).isEqualTo(gradients(two, batch));
            }
        }
    }

    @Nested
    @DisplayName("asked for a layer that the kernels do not know")
    class Unknown {

        private static final String NORMED = """
            name: normed
            input: [1, 6, 6]
            layers:
              - convolution: {outputs: 2, kernel: 3}
              - batch-norm
              - flatten
              - dense: {outputs: 2}
            """;

        @Test
        void libtorch_computes_it_when_the_choice_is_automatic() {
            Network network = NetworkYaml.read(NORMED, "test");
            try (Workers workers = new Workers(1);
                    TrainableModule module = create(network, Engine.AUTOMATIC, workers)) {
                assertThat(module).isInstanceOf(TorchModule.class);
            }
        }

        @Test
        void the_vector_engine_names_it() {
            Network network = NetworkYaml.read(NORMED, "test");
            try (Workers workers = new Workers(1)) {
                assertThatThrownBy(() -> create(network, Engine.VECTOR, workers))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("layer \"norm1\"")
                        .hasMessageContaining("use the engine \"libtorch\"");
            }
        }

        @Test
        void libtorch_also_computes_what_is_too_large_for_the_heap() {
            Network large = Catalogue.network("lenet", new Shape(3, 224, 224), 2);
            try (Workers workers = new Workers(1);
                    TrainableModule module = create(large, Engine.AUTOMATIC, workers)) {
                assertThat(module).isInstanceOf(TorchModule.class);
            }
        }

        @Test
        void the_vector_engine_computes_a_small_chain_when_the_choice_is_automatic() {
            Network lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
            try (Workers workers = new Workers(1);
                    TrainableModule module = create(lenet, Engine.AUTOMATIC, workers)) {
                assertThat(module).isInstanceOf(VectorModule.class);
            }
        }

        private TrainableModule create(Network network, Engine engine, Workers workers) {
            Weights weights = Initialization.of(network, new SplittableRandom(1));
            return Modules.create(network, preprocessing(network), weights, engine, Precision.FLOAT32, workers);
        }
    }

    private static void agree(String yaml, int pictures) {
        Network network = NetworkYaml.read(yaml, "test");
        Weights weights = Initialization.of(network, new SplittableRandom(11));
        Batch batch = batch(network, pictures, 7);
        Libtorch.useThreads(1);
        try (Workers workers = new Workers(2);
                TrainableModule vector = new VectorModule(network, preprocessing(network), weights, workers);
                TrainableModule torch = new TorchModule(network, preprocessing(network), weights, Precision.FLOAT32)) {
            float[] expected = torch.predict(batch).clone();
            float[] found = vector.predict(batch).clone();
            close(found, expected, pictures * vector.outputs(), 1e-5f);
            close(gradients(vector, batch), gradients(torch, batch), torch.parameters().length, 2e-5f);
        }
    }

    private static void close(float[] found, float[] expected, int length, float tolerance) {
        for (int i = 0; i < length; i++) {
            assertThat(found[i])
                    .as("number %d of %d", i, length)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static float[] gradients(TrainableModule module, Batch batch) {
        float[] logits = GradientCheck.outputs(module, batch, 1);
        float[] gradient = new float[batch.size() * module.outputs()];
        new Loss.CrossEntropy(0)
                .of(logits, new Targets.Labels(batch.labels()), batch.size(), module.outputs(), gradient);
        return GradientCheck.gradients(module, gradient);
    }

    private static Preprocessing preprocessing(Network network) {
        int channels = network.input().size(0);
        float[] mean = new float[channels];
        float[] std = new float[channels];
        Arrays.fill(mean, 0.4f);
        Arrays.fill(std, 0.3f);
        return new Preprocessing(
                network.input().size(1),
                network.input().size(2),
                channels == 1 ? ColorMode.GREY : ColorMode.COLOR,
                ResizeMode.SQUASH,
                mean,
                std);
    }

    private static Batch batch(Network network, int pictures, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int channels = network.input().size(0);
        int height = network.input().size(1);
        int width = network.input().size(2);
        byte[] pixels = new byte[pictures * channels * height * width];
        random.nextBytes(pixels);
        int[] labels = random.ints(pictures, 0, 2).toArray();
        return new Batch(pictures, height, width, channels, pixels, labels, new int[pictures]);
    }
}
