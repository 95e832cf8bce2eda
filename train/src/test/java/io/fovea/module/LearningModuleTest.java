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
import io.fovea.optimize.Averaging;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.ParameterRange;
import io.fovea.optimize.Regularisation;
import io.fovea.optimize.Targets;
import io.fovea.optimize.Update;
import io.fovea.optimize.UpdateRule;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@DisplayName("A module that learns")
class LearningModuleTest {

    private static final Network NETWORK = NetworkYaml.read("""
        name: small
        input: [1, 8, 8]
        layers:
          - convolution: {outputs: 4, kernel: 3}
          - relu
          - max-pooling: {kernel: 2, stride: 2}
          - flatten
          - dropout: {rate: 0.25}
          - dense: {outputs: 3}
        """, "LearningModuleTest");
    /** The same with numbers that a layer keeps beside its parameters. */
    private static final Network NORMALISED = NetworkYaml.read("""
        name: normalised
        input: [1, 8, 8]
        layers:
          - convolution: {outputs: 4, kernel: 3}
          - batch-norm
          - relu
          - flatten
          - dense: {outputs: 3}
        """, "LearningModuleTest");

    private static final int PICTURES = 20;
    private static final Workers WORKERS = new Workers(2);

    @AfterAll
    static void end_workers() {
        WORKERS.close();
    }

    private static TrainableModule module(Engine engine) {
        return module(NETWORK, engine);
    }

    private static TrainableModule module(Network network, Engine engine) {
        Preprocessing preprocessing =
                new Preprocessing(8, 8, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.25f});
        return Modules.create(
                network,
                preprocessing,
                Initialization.of(network, new SplittableRandom(3)),
                LayerRates.ALL,
                engine,
                Precision.FLOAT32,
                WORKERS);
    }

    private static UpdateRule plain(TrainableModule module) {
        return new UpdateRule(new Optimizer.GradientDescent(), module.trained());
    }

    /** With all that a training remembers. */
    private static UpdateRule rich(TrainableModule module) {
        return new UpdateRule(
                new Optimizer.Adam(0.9, 0.999, 1e-8),
                new Regularisation(0.001, 0),
                List.of(new ParameterRange(0, module.trained(), 1)),
                new Clipping.ByNorm(1),
                new Averaging.Exponential(0.9));
    }

    private static Batch batch(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[PICTURES * 64];
        random.nextBytes(pixels);
        return new Batch(PICTURES, 8, 8, 1, pixels, random.ints(PICTURES, 0, 3).toArray(), new int[PICTURES]);
    }

    private static BatchTally step(TrainableModule module, Batch batch, Update update) {
        Objective objective =
                new Objective(new Loss.CrossEntropy(0), new Targets.Labels(batch.labels()), NothingCounted.NOTHING);
        return module.step(new ModuleInput.Pictures(batch), objective, update, 7);
    }

    private static Update.Step at(double learningRate) {
        return new Update.Step(learningRate);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTOMATIC")
    void judges_a_batch_before_it_learns_from_it(Engine engine) {
        try (TrainableModule module = module(engine)) {
            module.learnBy(plain(module), WORKERS);
            double first = step(module, batch(1), at(0.1)).loss();
            double second = step(module, batch(1), at(0.1)).loss();

            assertThat(second).isLessThan(first);
            assertThat(module.steps()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTOMATIC")
    void learns_from_batches_that_wait_by_the_mean_of_their_gradients(Engine engine) {
        try (TrainableModule module = module(engine)) {
            module.learnBy(plain(module), WORKERS);
            float[] before = module.snapshot().parameters();
            step(module, batch(1), new Update.Wait());
            float[] first = module.lastGradients();
            assertThat(module.snapshot().parameters()).isEqualTo(before);
            assertThat(module.steps()).isZero();
            step(module, batch(2), new Update.Wait());
            float[] second = module.lastGradients();
            step(module, batch(2), at(0.5));

            float[] after = module.snapshot().parameters();
            float[] expected = new float[after.length];
            for (int i = 0; i < expected.length; i++) expected[i] = before[i] - 0.5f * (first[i] + 2 * second[i]) / 3;
            assertThat(after).containsExactly(expected, within(1e-6f));
            assertThat(module.steps()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTOMATIC")
    void learns_nothing_from_a_loss_that_is_no_number(Engine engine) {
        try (TrainableModule module = module(engine)) {
            module.learnBy(plain(module), WORKERS);
            float[] before = module.snapshot().parameters();
            Batch batch = batch(1);
            float[] wanted = new float[PICTURES * 3];
            wanted[4] = Float.NaN;
            Objective objective =
                    new Objective(new Loss.MeanSquaredError(), new Targets.Values(wanted), NothingCounted.NOTHING);

            BatchTally tally = module.step(new ModuleInput.Pictures(batch), objective, at(0.1), 1);

            assertThat(tally.loss()).isNaN();
            assertThat(module.snapshot().parameters()).isEqualTo(before);
            assertThat(module.steps()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTOMATIC")
    void goes_on_from_a_snapshot_to_the_same_bits(Engine engine) {
        try (TrainableModule straight = module(engine);
                TrainableModule stopped = module(engine)) {
            straight.learnBy(rich(straight), WORKERS);
            for (int i = 0; i < 3; i++) step(straight, batch(i), at(0.01));
            Snapshot half = straight.snapshot();
            for (int i = 3; i < 6; i++) step(straight, batch(i), at(0.01));

            stopped.learnBy(rich(stopped), WORKERS);
            step(stopped, batch(9), new Update.Wait()); // forgotten by what follows
            stopped.load(half);
            for (int i = 3; i < 6; i++) step(stopped, batch(i), at(0.01));

            assertSame(stopped.snapshot(), straight.snapshot());
            assertThat(biases(stopped.meanWeights()))
                    .isEqualTo(biases(straight.meanWeights()))
                    .isNotEqualTo(biases(straight.weights()));
        }
    }

    private static float[] biases(Weights weights) {
        return weights.tensor("dense1.bias").orElseThrow().values();
    }

    private static void assertSame(Snapshot found, Snapshot expected) {
        assertThat(found.steps()).isEqualTo(expected.steps());
        assertThat(found.parameters()).isEqualTo(expected.parameters());
        assertThat(found.buffers()).isEqualTo(expected.buffers());
        assertThat(found.memory()).hasSameSizeAs(expected.memory());
        for (int i = 0; i < found.memory().size(); i++)
            assertThat(found.memory().get(i)).isEqualTo(expected.memory().get(i));
        for (int i = 0; i < 2; i++)
            assertThat(found.average().get(i)).isEqualTo(expected.average().get(i));
    }

    /** Two machines learn from parts of the data and each adds half of what both learned: the mean of their weights. */
    @Test
    void adds_what_other_machines_learned() {
        try (TrainableModule here = module(NORMALISED, Engine.LIBTORCH);
                TrainableModule there = module(NORMALISED, Engine.LIBTORCH)) {
            Snapshot common = here.snapshot();
            here.learnBy(plain(here), WORKERS);
            there.learnBy(plain(there), WORKERS);
            step(here, batch(1), at(0.1));
            step(there, batch(2), at(0.1));
            Snapshot mine = here.snapshot();
            Snapshot theirs = there.snapshot();

            here.load(common);
            here.add(mine.since(common).times(0.5f));
            here.add(theirs.since(common).times(0.5f));

            assertThat(here.snapshot().parameters())
                    .containsExactly(mean(mine.parameters(), theirs.parameters()), within(1e-6f));
            assertThat(here.snapshot().buffers())
                    .containsExactly(mean(mine.buffers(), theirs.buffers()), within(1e-6f));
            assertThat(mine.buffers()).isNotEqualTo(theirs.buffers());
            // what is told by the module is what computes
            float[] outputs = Arrays.copyOf(here.predict(batch(3)), PICTURES * 3);
            there.load(here.snapshot());
            assertThat(Arrays.copyOf(there.predict(batch(3)), PICTURES * 3)).isEqualTo(outputs);
        }
    }

    private static float[] mean(float[] a, float[] b) {
        float[] mean = new float[a.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (a[i] + b[i]) / 2;
        return mean;
    }

    @Test
    void has_a_rule_before_it_takes_a_step() {
        try (TrainableModule module = module(Engine.LIBTORCH)) {
            assertThatThrownBy(() -> step(module, batch(1), at(0.1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A step before learnBy said by what rule");
        }
    }

    @Test
    void takes_no_snapshot_or_change_of_another_network() {
        try (TrainableModule module = module(Engine.LIBTORCH);
                TrainableModule other = module(NORMALISED, Engine.LIBTORCH)) {
            Snapshot foreign = other.snapshot();
            assertThatThrownBy(() -> module.load(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Expected 151 parameters and 0 buffers of network \"small\"");
            assertThatThrownBy(() -> module.snapshot().since(foreign)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> module.add(foreign.since(foreign))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
