package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.tensor.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The loss of every pixel, where the outputs lie")
class PixelLossTest {

    private static final Network NETWORK = NetworkYaml.read("""
        name: pixels
        input: [1, 4, 6]
        layers:
          - convolution: {outputs: 5, kernel: 3, padding: 1}
          - relu
          - convolution: {outputs: 3, kernel: 1}
        """, "PixelLossTest");
    private static final Preprocessing PREPROCESSING =
            new Preprocessing(4, 6, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.25f});
    private static final int PICTURES = 2;
    private static final int AREA = 24;

    private final SplittableRandom random = new SplittableRandom(7);

    private TorchModule module() {
        return new TorchModule(
                NETWORK, PREPROCESSING, Initialization.of(NETWORK, new SplittableRandom(3)), Precision.FLOAT32);
    }

    private Batch batch() {
        byte[] pixels = new byte[PICTURES * AREA];
        random.nextBytes(pixels);
        return new Batch(PICTURES, 4, 6, 1, pixels, new int[PICTURES], new int[PICTURES]);
    }

    /** Classes 0, 1 and 2, and every seventh pixel unlabelled. */
    private Targets.Masks masks() {
        byte[] masks = new byte[PICTURES * AREA];
        for (int i = 0; i < masks.length; i++) masks[i] = (byte) (i % 7 == 0 ? 255 : random.nextInt(3));
        return new Targets.Masks(masks, AREA);
    }

    @Test
    void is_that_of_the_arithmetic_on_arrays_and_so_are_the_gradients() {
        Loss loss = new Loss.CrossEntropy(0.1, new ClassWeights.Given(List.of(1.0, 0.5, 3.0)));
        Batch batch = batch();
        Targets.Masks masks = masks();
        try (TorchModule module = module()) {
            float[] outputs = module.forward(batch, Mode.TRAINING, 1).clone();
            Loss.Result there = module.backward(loss, masks).orElseThrow();
            float[] gradients = module.gradients().clone();

            float[] gradient = new float[PICTURES * 3 * AREA];
            Loss.Result here = loss.of(outputs, masks, PICTURES, 3 * AREA, gradient);
            module.forward(batch, Mode.TRAINING, 1);
            module.backward(gradient);

            assertThat(there.mean()).isCloseTo(here.mean(), within(1e-6));
            assertThat(there.weight()).isEqualTo(here.weight());
            assertThat(gradients).containsExactly(module.gradients(), within(1e-6f));
        }
    }

    @Test
    void is_left_to_the_caller_where_no_pixel_is_labelled() {
        byte[] nothing = new byte[PICTURES * AREA];
        Arrays.fill(nothing, (byte) 255);
        try (TorchModule module = module()) {
            module.forward(batch(), Mode.TRAINING, 1);
            assertThat(module.backward(new Loss.CrossEntropy(0), new Targets.Masks(nothing, AREA)))
                    .isEmpty();
            module.backward(new float[PICTURES * 3 * AREA]);
            assertThat(module.gradients()).containsOnly(0);
        }
    }

    @Test
    void is_left_to_the_caller_for_other_truths() {
        try (TorchModule module = module()) {
            module.forward(batch(), Mode.TRAINING, 1);
            assertThat(module.backward(new Loss.MeanSquaredError(), new Targets.Values(new float[PICTURES * 3 * AREA])))
                    .isEqualTo(Optional.empty());
        }
    }
}
