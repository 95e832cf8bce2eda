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
import io.fovea.optimize.PixelCounting;
import io.fovea.optimize.Targets;
import io.fovea.tensor.Precision;
import java.util.Arrays;
import java.util.List;
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

    /** Counts which class is taken for which: [3, 3]. */
    private static final PixelCounting CONFUSION = new PixelCounting() {
        @Override
        public int counts() {
            return 9;
        }

        @Override
        public void count(float[] outputs, Targets wanted, int size, double[] counts) {
            byte[] answers = new byte[size * AREA];
            for (int n = 0; n < size; n++) {
                for (int i = 0; i < AREA; i++) {
                    int first = n * 3 * AREA + i;
                    for (int k = 1; k < 3; k++) {
                        if (outputs[first + k * AREA] > outputs[first + answers[n * AREA + i] * AREA])
                            answers[n * AREA + i] = (byte) k;
                    }
                }
            }
            countPixels(answers, (Targets.Masks) wanted, size, counts);
        }

        @Override
        public void countPixels(byte[] answers, Targets.Masks masks, int size, double[] counts) {
            for (int i = 0; i < size * AREA; i++) {
                int label = masks.masks()[i] & 0xff;
                if (label != Targets.Masks.UNLABELLED) counts[3 * label + answers[i]]++;
            }
        }
    };

    @Test
    void is_that_of_the_arithmetic_on_arrays_and_so_are_the_gradients() {
        Loss loss = new Loss.CrossEntropy(0.1, new ClassWeights.Given(List.of(1.0, 0.5, 3.0)));
        Objective objective = new Objective(loss, masks(), CONFUSION);
        Batch batch = batch();
        try (TorchModule module = module()) {
            BatchTally there = module.judgedBackward(new ModuleInput.Pictures(batch), objective, 1);
            float[] gradients = module.lastGradients();

            float[] outputs = GradientCheck.outputs(module, batch, 1);
            BatchTally here = module.judgedBackward(outputs, PICTURES, objective);

            assertThat(there.loss()).isCloseTo(here.loss(), within(1e-6));
            assertThat(there.weight()).isEqualTo(here.weight());
            assertThat(there.counts()).isEqualTo(here.counts());
            assertThat(Arrays.stream(there.counts()).sum()).isEqualTo(41);
            assertThat(gradients).containsExactly(module.lastGradients(), within(1e-6f));
        }
    }

    @Test
    void is_nothing_and_teaches_nothing_where_no_pixel_is_labelled() {
        byte[] nothing = new byte[PICTURES * AREA];
        Arrays.fill(nothing, (byte) 255);
        Objective objective = new Objective(new Loss.CrossEntropy(0), new Targets.Masks(nothing, AREA), CONFUSION);
        try (TorchModule module = module()) {
            BatchTally tally = module.judgedBackward(new ModuleInput.Pictures(batch()), objective, 1);

            assertThat(tally.loss()).isZero();
            assertThat(tally.counts()).containsOnly(0);
            assertThat(module.lastGradients()).containsOnly(0);
        }
    }
}
