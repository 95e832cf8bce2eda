package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.batch.Batch;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Targets;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.problem.Problem;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A network computed by libtorch")
class TorchModuleTest {

    private static final Network LENET = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
    private static final Preprocessing PREPROCESSING =
            new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.13f}, new float[] {0.31f});
    private static final Weights WEIGHTS = Initialization.of(LENET, new SplittableRandom(1));
    private static final int PICTURES = 32;
    private static final Workers WORKERS = new Workers(1);

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
        GradientCheck.outputs(module, batch(), 1);
        module.close();
        assertThat(Pointer.totalCount()).isEqualTo(pointers);
    }

    @Test
    void gives_nearly_the_same_in_bfloat16() {
        try (TorchModule exact = module(Precision.FLOAT32);
                TorchModule half = module(Precision.BFLOAT16)) {
            assumeTrue(half.remark().isEmpty(), "bfloat16 comes out wrong on this processor, so 32 bits are used");
            float[] expected = exact.predict(batch()).clone();
            float[] found = half.predict(batch());
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
            module.predict(batch());
            assertThatThrownBy(() -> module.backward(new float[PICTURES * 10]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void has_nothing_to_change_behind_nearest_neighbours() {
        Network network = NetworkYaml.read(
                "name: n\ninput: [1, 28, 28]\nlayers:\n  - convolution: {outputs: 1, kernel: 28}\n  - flatten\n"
                        + "  - nearest-neighbours: {k: 1, references: 3, outputs: 2}\n",
                "test");
        try (TorchModule module = new TorchModule(
                network, PREPROCESSING, Initialization.of(network, new SplittableRandom(1)), Precision.FLOAT32)) {
            GradientCheck.outputs(module, batch(), 0);

            assertThat(GradientCheck.gradients(module, new float[PICTURES * 2])).containsOnly(0);
        }
    }

    @Nested
    @DisplayName("with auxiliary outputs")
    class Auxiliaries {

        private static final Network NETWORK = NetworkYaml.read("""
            name: deep
            input: [1, 28, 28]
            layers:
              - convolution: {outputs: 2, kernel: 3}
              - relu
              - flatten
              - dense: {name: early, outputs: 10}
              - scale: {name: twice, factor: 2}
              - max-pooling: {kernel: 13, inputs: relu1}
              - flatten
              - dense: {name: late, outputs: 10}
            auxiliaries:
              - {layer: early, weight: 0.3}
              - {layer: twice, weight: 0.1}
            """, "test");
        private static final Weights RANDOM = Initialization.of(NETWORK, new SplittableRandom(3));

        @Test
        void gives_the_main_output_in_training_then_a_block_for_each_auxiliary() {
            try (TorchModule module = deep()) {
                float[] main = Arrays.copyOf(module.predict(batch()), PICTURES * 10);
                float[] all = GradientCheck.outputs(module, batch(), 0);

                assertThat(module.outputs()).isEqualTo(10);
                assertThat(Arrays.copyOf(all, PICTURES * 10)).isEqualTo(main);
                assertThat(all).hasSizeGreaterThanOrEqualTo(3 * PICTURES * 10);
                for (int i = 0; i < PICTURES * 10; i++) {
                    assertThat(all[2 * PICTURES * 10 + i]).isEqualTo(2 * all[PICTURES * 10 + i]);
                }
            }
        }

        @Test
        void sends_each_block_of_gradients_to_its_own_layers() {
            try (TorchModule module = deep()) {
                ParameterVector vector = new ParameterVector(NETWORK);
                ParameterVector.Slice early = vector.slice("early.bias");
                ParameterVector.Slice late = vector.slice("late.bias");
                float[] gradient = new float[3 * PICTURES * 10];
                gradient[0] = 1;
                gradient[PICTURES * 10 + 1] = 10;
                gradient[2 * PICTURES * 10 + 1] = 100;

                GradientCheck.outputs(module, batch(), 0);
                float[] gradients = GradientCheck.gradients(module, gradient);

                assertThat(Arrays.copyOfRange(gradients, early.offset(), early.offset() + 10))
                        .containsExactly(0, 210, 0, 0, 0, 0, 0, 0, 0, 0);
                assertThat(Arrays.copyOfRange(gradients, late.offset(), late.offset() + 10))
                        .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            }
        }

        @Test
        void refuses_gradients_that_leave_an_auxiliary_out() {
            try (TorchModule module = deep()) {
                GradientCheck.outputs(module, batch(), 0);

                assertThatThrownBy(() -> module.backward(new float[PICTURES * 10]))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Expected 960 gradients of outputs, found 320");
            }
        }

        @Test
        void is_not_for_the_vector_engine() {
            assertThatThrownBy(() -> Modules.create(
                            NETWORK, PREPROCESSING, RANDOM, Engine.VECTOR, Precision.FLOAT32, new Workers(1)))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The vector engine trains no network with auxiliary outputs."));
        }

        private TorchModule deep() {
            return new TorchModule(NETWORK, PREPROCESSING, RANDOM, Precision.FLOAT32);
        }
    }

    private static TorchModule module(Precision precision) {
        return new TorchModule(LENET, PREPROCESSING, WEIGHTS, precision);
    }

    private static void step(TorchModule module) {
        Batch batch = batch();
        if (module.steps() == 0)
            module.learnBy(new UpdateRule(new Optimizer.GradientDescent(), module.trained()), WORKERS);
        module.step(
                new ModuleInput.Pictures(batch),
                new Objective(new Loss.CrossEntropy(0), new Targets.Labels(batch.labels()), NothingCounted.NOTHING),
                new Update.Step(0.01),
                1);
    }

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] pixels = new byte[PICTURES * 784];
        random.nextBytes(pixels);
        return new Batch(
                PICTURES, 28, 28, 1, pixels, random.ints(PICTURES, 0, 10).toArray(), new int[PICTURES]);
    }
}
