package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.kernel.Lanes;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Parameters;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libtorch is the independent source. */
@DisplayName("The vector predictor")
class VectorPredictorTest {

    /** Every fusion and every way around one: two residual blocks, a sum nobody can take over, a join, odd sizes, few channels. */
    private static final String BLOCKS = """
        name: blocks
        input: [3, 33, 29]
        layers:
          - convolution: {name: conv1, outputs: 18, kernel: 7, stride: 2, padding: 3, bias: false}
          - batch-norm: {name: bn1}
          - relu
          - max-pooling: {name: pool, kernel: 3, stride: 2, padding: 1}
          - convolution: {name: a1, outputs: 18, kernel: 3, padding: 1, bias: false}
          - batch-norm: {name: a1n}
          - relu: {name: a1r}
          - convolution: {name: a2, outputs: 18, kernel: 3, padding: 1}
          - add: {name: a, inputs: [a2, pool]}
          - relu: {name: ar}
          - convolution: {name: b1, outputs: 70, kernel: 3, stride: 2, padding: 1, inputs: [ar]}
          - batch-norm: {name: b1n}
          - relu6: {name: b1r}
          - convolution: {name: b2, outputs: 70, kernel: 3, padding: 1}
          - batch-norm: {name: b2n}
          - convolution: {name: b3, outputs: 70, kernel: 1, stride: 2, inputs: [ar]}
          - batch-norm: {name: b3n}
          - add: {name: b, inputs: [b2n, b3n]}
          - add: {name: c, inputs: [b, b2n]}
          - relu: {name: cr}
          - concat: {name: d, inputs: [cr, b1r]}
          - average-pooling: {name: e, kernel: 2, stride: 2}
          - flatten
          - dense: {name: fc1, outputs: 65}
          - relu: {name: fc1r}
          - dropout
          - dense: {name: fc2, outputs: 5}
          - softmax
        """;

    @BeforeAll
    static void needs_lanes() {
        assumeTrue(Lanes.COUNT >= 16, "Skipped: the processor has fewer than 16 lanes");
    }

    private static Preprocessing preprocessing(Network network) {
        return new Preprocessing(
                network.input().size(1),
                network.input().size(2),
                ColorMode.COLOR,
                ResizeMode.SQUASH,
                new float[] {0.5f, 0.4f, 0.3f},
                new float[] {0.2f, 0.3f, 0.25f});
    }

    /** Weights as after training: variances above 0, sums that keep their size. */
    private static Weights weights(Network network) {
        SplittableRandom random = new SplittableRandom(3);
        return new Weights(Parameters.of(network).stream()
                .map(parameter -> {
                    float[] values = new float[Math.toIntExact(parameter.count())];
                    boolean positive = parameter.name().endsWith("running_var");
                    double scale = parameter.shape().length > 1
                            ? Math.sqrt(3.0 * parameter.shape()[0] / parameter.count())
                            : 0.5;
                    for (int i = 0; i < values.length; i++)
                        values[i] = (float) (positive ? random.nextDouble(0.5, 2) : random.nextDouble(-scale, scale));
                    return new NamedTensor(parameter.name(), parameter.shape(), values);
                })
                .toList());
    }

    private static byte[] pixels(Network network, int count) {
        byte[] pixels = new byte[Math.toIntExact(count * network.input().count())];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) random.nextInt(256);
        return pixels;
    }

    private static float[] libtorch(Network network, Weights weights, byte[] pixels, int count) {
        try (TorchModule module = new TorchModule(network, preprocessing(network), weights, Precision.FLOAT32)) {
            int[] input = network.input().sizes();
            Batch batch = new Batch(count, input[1], input[2], input[0], pixels, new int[count], new int[count]);
            return Arrays.copyOf(module.predict(batch), count * module.outputs());
        }
    }

    private static float[] predict(Network network, Weights weights, byte[] pixels, int count, int threads) {
        try (Workers workers = new Workers(threads)) {
            return new VectorPredictor(network, preprocessing(network), weights, workers).outputs(pixels, count);
        }
    }

    @Nested
    @DisplayName("on a network with everything it knows")
    class Blocks {

        private final Network network = NetworkYaml.read(BLOCKS, "blocks");
        private final Weights weights = weights(network);

        @ParameterizedTest(name = "{0} pictures on {1} threads")
        @CsvSource({"1, 1", "3, 2", "17, 2", "70, 1"})
        void agrees_with_libtorch(int count, int threads) {
            byte[] pixels = pixels(network, count);

            assertThat(predict(network, weights, pixels, count, threads))
                    .containsExactly(libtorch(network, weights, pixels, count), within(1e-4f));
        }

        @Test
        void gives_a_picture_the_same_bits_alone_and_among_others() {
            byte[] pixels = pixels(network, 37);
            int length = Math.toIntExact(network.input().count());

            float[] all = predict(network, weights, pixels, 37, 2);
            float[] alone = predict(network, weights, Arrays.copyOfRange(pixels, 36 * length, 37 * length), 1, 1);

            assertThat(alone).containsExactly(Arrays.copyOfRange(all, 36 * 5, 37 * 5));
        }

        @Test
        void takes_larger_and_smaller_batches_in_turn() {
            byte[] pixels = pixels(network, 5);
            try (Workers workers = new Workers(2)) {
                VectorPredictor predictor = new VectorPredictor(network, preprocessing(network), weights, workers);
                float[] one = predictor.outputs(pixels, 1);
                float[] five = predictor.outputs(pixels, 5);

                assertThat(Arrays.copyOf(five, 5)).containsExactly(one);
                assertThat(predictor.outputs(pixels, 0)).isEmpty();
                assertThat(predictor.outputs(pixels, 1)).containsExactly(one);
            }
        }
    }

    @Test
    void lays_maps_out_channel_by_channel() {
        Network network = NetworkYaml.read("""
            name: maps
            input: [3, 6, 5]
            layers:
              - convolution: {outputs: 4, kernel: 3, padding: 1}
              - identity-shortcut: {name: short, outputs: 7, stride: 2}
            """, "maps");
        Weights weights = weights(network);
        byte[] pixels = pixels(network, 2);

        assertThat(predict(network, weights, pixels, 2, 1))
                .containsExactly(libtorch(network, weights, pixels, 2), within(1e-5f));
    }

    @Nested
    @DisplayName("on what it cannot do")
    class Unknown {

        private final Network grouped = NetworkYaml.read("""
            name: grouped
            input: [3, 8, 8]
            layers:
              - convolution: {name: first, outputs: 6, kernel: 3}
              - convolution: {name: depthwise, outputs: 6, kernel: 3, groups: 6}
            """, "grouped");

        @Test
        void names_the_layer() {
            assertThat(VectorPredictor.supports(grouped)).isFalse();
            try (Workers workers = new Workers(1)) {
                assertThatThrownBy(
                                () -> new VectorPredictor(grouped, preprocessing(grouped), weights(grouped), workers))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("do not know this layer");
            }
        }

        @Test
        void refuses_a_preprocessing_of_another_size() {
            Network network = NetworkYaml.read(BLOCKS, "blocks");
            try (Workers workers = new Workers(1)) {
                assertThatThrownBy(
                                () -> new VectorPredictor(network, preprocessing(grouped), weights(network), workers))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Expected a preprocessing for [N, 3, 33, 29], found [3, 8, 8]");
            }
        }

        @Test
        void refuses_more_pictures_than_there_are_bytes() {
            Network network = NetworkYaml.read(BLOCKS, "blocks");
            try (Workers workers = new Workers(1)) {
                VectorPredictor predictor =
                        new VectorPredictor(network, preprocessing(network), weights(network), workers);
                assertThatThrownBy(() -> predictor.outputs(pixels(network, 1), 2))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("count (=2) pictures of 2871 bytes are not in 2871");
            }
        }
    }
}
