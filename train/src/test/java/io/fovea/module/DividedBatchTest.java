package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch norm with a sum, with a function, with both and alone; of maps whose channels fill no vector, and of features. */
@DisplayName("A batch that is divided among workers")
class DividedBatchTest {

    private static final Network NETWORK = NetworkYaml.read("""
        name: residual
        input: [3, 9, 7]
        layers:
          - convolution: {outputs: 6, kernel: 3, padding: 1, bias: false}
          - batch-norm
          - relu
          - convolution: {outputs: 16, kernel: 3, padding: 1, stride: 2}
          - batch-norm: {epsilon: 0.001, momentum: 0.2}
          - relu6
          - convolution: {outputs: 16, kernel: 3, padding: 1, bias: false}
          - batch-norm
          - add: {inputs: [norm3, relu61]}
          - relu
          - convolution: {outputs: 16, kernel: 1}
          - batch-norm
          - convolution: {outputs: 16, kernel: 3, padding: 1, inputs: relu2}
          - batch-norm
          - add: {inputs: [norm4, norm5]}
          - max-pooling: {kernel: 2}
          - flatten
          - dense: {outputs: 20}
          - batch-norm
          - relu
          - dense: {outputs: 4}
        """, "DividedBatchTest");
    private static final Preprocessing PREPROCESSING = new Preprocessing(
            9, 7, ColorMode.COLOR, ResizeMode.SQUASH, new float[] {0.5f, 0.5f, 0.4f}, new float[] {0.25f, 0.25f, 0.3f});
    private static final Weights WEIGHTS = Initialization.of(NETWORK, new SplittableRandom(5));
    private static final int PICTURES = 7;

    /** What a step finds: outputs, gradients, and what batch norm remembers. */
    private record Found(float[] outputs, float[] gradients, float[] buffers) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void gives_what_libtorch_gives_whatever_the_number_of_workers(int count) {
        Found expected = withoutKernels(LayerRates.ALL);

        Found found = step(count, LayerRates.ALL, Precision.FLOAT32);

        assertThat(found.outputs()).containsExactly(expected.outputs(), within(1e-4f));
        assertThat(found.gradients()).containsExactly(expected.gradients(), within(1e-4f));
        assertThat(found.buffers()).containsExactly(expected.buffers(), within(1e-5f));
    }

    @Test
    void gives_the_same_bits_for_the_same_workers() {
        Found once = step(2, LayerRates.ALL, Precision.FLOAT32);
        Found again = step(2, LayerRates.ALL, Precision.FLOAT32);

        assertThat(again.gradients()).isEqualTo(once.gradients());
        assertThat(again.buffers()).isEqualTo(once.buffers());
    }

    @Test
    void leaves_batch_norm_that_is_frozen_as_it_is() {
        LayerRates rates = new LayerRates(List.of(
                new LayerRates.LayerRate("norm1", 0),
                new LayerRates.LayerRate("norm3", 0),
                new LayerRates.LayerRate("norm6", 0),
                new LayerRates.LayerRate("conv2", 0)));
        Found expected = withoutKernels(rates);

        Found found = step(2, rates, Precision.FLOAT32);

        assertThat(found.gradients()).containsExactly(expected.gradients(), within(1e-4f));
        assertThat(found.buffers()).containsExactly(expected.buffers(), within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void is_as_near_that_in_bfloat16_as_libtorch_is(int count) {
        Found expected = withoutKernels(LayerRates.ALL);
        Found rounded = withoutKernels(LayerRates.ALL, Precision.BFLOAT16);

        Found found = step(count, LayerRates.ALL, Precision.BFLOAT16);

        assertThat(distance(found.outputs(), expected.outputs()))
                .isLessThan(1.5 * distance(rounded.outputs(), expected.outputs()));
        assertThat(distance(found.gradients(), expected.gradients()))
                .isLessThan(1.5 * distance(rounded.gradients(), expected.gradients()));
        assertThat(found.buffers()).containsExactly(expected.buffers(), within(0.02f));
    }

    @Test
    void fails_as_a_whole_where_one_part_fails_and_goes_on_after_that() {
        try (Workers workers = new Workers(2);
                TorchModule module = module(workers, LayerRates.ALL, Precision.FLOAT32, true)) {
            Batch batch = batch();
            byte[] cutOff = Arrays.copyOf(batch.pixels(), batch.pixels().length / 2);
            Batch broken = new Batch(PICTURES, 9, 7, 3, cutOff, new int[PICTURES], new int[PICTURES]);

            assertThatThrownBy(() -> GradientCheck.outputs(module, broken, 1))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
            float[] outputs = GradientCheck.outputs(module, batch, 1);

            assertThat(Arrays.copyOf(outputs, PICTURES * 4))
                    .isEqualTo(step(2, LayerRates.ALL, Precision.FLOAT32).outputs());
        }
    }

    /** |a − b| / |b|. */
    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < b.length; i++) {
            difference += Math.pow(a[i] - b[i], 2);
            length += Math.pow(b[i], 2);
        }
        return Math.sqrt(difference / length);
    }

    private static Found withoutKernels(LayerRates rates) {
        return withoutKernels(rates, Precision.FLOAT32);
    }

    private static Found withoutKernels(LayerRates rates, Precision precision) {
        try (Workers workers = new Workers(1);
                TorchModule module = module(workers, rates, precision, false)) {
            return step(module);
        }
    }

    private static Found step(int count, LayerRates rates, Precision precision) {
        try (Workers workers = new Workers(count);
                TorchModule module = module(workers, rates, precision, true)) {
            return step(module);
        }
    }

    private static TorchModule module(Workers workers, LayerRates rates, Precision precision, boolean kernels) {
        return new TorchModule(NETWORK, PREPROCESSING, WEIGHTS, rates, precision, workers, kernels);
    }

    private static Found step(TorchModule module) {
        float[] outputs = Arrays.copyOf(GradientCheck.outputs(module, batch(), 1), PICTURES * 4);
        float[] gradient = new float[PICTURES * 4];
        for (int i = 0; i < gradient.length; i++) gradient[i] = (i * 29 % 17 - 8) / 8f;
        return new Found(outputs, GradientCheck.gradients(module, gradient), module.buffers());
    }

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] pixels = new byte[PICTURES * 9 * 7 * 3];
        random.nextBytes(pixels);
        return new Batch(PICTURES, 9, 7, 3, pixels, new int[PICTURES], new int[PICTURES]);
    }
}
