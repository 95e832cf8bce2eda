package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.weights.Weights;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A network computed by libtorch")
class TorchModuleTest {

    private static final Network LENET = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
    private static final Preprocessing PREPROCESSING =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.13f}, new float[] {0.31f});
    private static final Weights WEIGHTS = Initialization.of(LENET, new SplittableRandom(1));
    private static final int PICTURES = 32;

    @BeforeAll
    static void one_thread() {
        Libtorch.useThreads(1);
    }

    @Test
    void frees_what_a_step_allocates_when_the_step_ends() {
        try (TorchModule module = module(Precision.FLOAT32)) {
            for (int i = 0; i < 20; i++) step(module);
            long pointers = Pointer.totalCount();
            long resident = Pointer.physicalBytes();
            for (int i = 0; i < 300; i++) step(module);
            assertThat(Pointer.totalCount()).isEqualTo(pointers);
            // one step's activations alone are above 5 MB: kept, they would be 1.5 GB
            assertThat(Pointer.physicalBytes() - resident).isLessThan(100_000_000);
        }
    }

    @Test
    void gives_everything_back_when_it_is_closed() {
        module(Precision.FLOAT32).close();
        long pointers = Pointer.totalCount();
        TorchModule module = module(Precision.FLOAT32);
        step(module);
        module.forward(batch(), Mode.TRAINING, 1);
        module.close();
        assertThat(Pointer.totalCount()).isEqualTo(pointers);
    }

    @Test
    void gives_nearly_the_same_in_bfloat16() {
        try (TorchModule exact = module(Precision.FLOAT32);
                TorchModule half = module(Precision.BFLOAT16)) {
            float[] expected = exact.forward(batch(), Mode.PREDICTION, 0).clone();
            float[] found = half.forward(batch(), Mode.PREDICTION, 0);
            boolean rounded = false;
            for (int i = 0; i < PICTURES * 10; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(0.05f));
                rounded |= found[i] != expected[i];
            }
            assertThat(rounded)
                    .as("bfloat16 has 8 bits of precision, so something must differ")
                    .isTrue();
        }
    }

    @Test
    void goes_backward_only_after_going_forward_in_training() {
        try (TorchModule module = module(Precision.FLOAT32)) {
            module.forward(batch(), Mode.PREDICTION, 0);
            assertThatThrownBy(() -> module.backward(new float[PICTURES * 10]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static TorchModule module(Precision precision) {
        return new TorchModule(LENET, PREPROCESSING, WEIGHTS, precision);
    }

    private static void step(TorchModule module) {
        Batch batch = batch();
        float[] logits = module.forward(batch, Mode.TRAINING, 1);
        float[] gradient = new float[PICTURES * 10];
        new Loss.CrossEntropy(0).of(logits, batch.labels(), PICTURES, 10, gradient);
        module.backward(gradient);
        module.parametersChanged();
    }

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] pixels = new byte[PICTURES * 784];
        random.nextBytes(pixels);
        return new Batch(
                PICTURES, 28, 28, 1, pixels, random.ints(PICTURES, 0, 10).toArray(), new int[PICTURES]);
    }
}
