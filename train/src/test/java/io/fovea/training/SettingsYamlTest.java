package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Order;
import io.fovea.batch.RandomCrop;
import io.fovea.module.Engine;
import io.fovea.network.LayerRates;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.tensor.Precision;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings as YAML")
class SettingsYamlTest {

    private static final TrainingSettings DEFAULTS = TrainingSettings.defaults(1);

    @Test
    void come_back_as_they_were_whatever_is_chosen() {
        TrainingSettings all = TrainingSettings.defaults(-3)
                .withEpochs(7)
                .withEarlyStopping(OptionalInt.of(2))
                .withSnapshots(new Snapshots.Every(0.5))
                .withBatchSize(5)
                .withSampling(Order.BALANCED)
                .withAugmentation(Augmentation.NONE
                        .withRotation(3)
                        .withRandomCrop(new RandomCrop(0.1, 0.9, 0.5, 2))
                        .withJitter(0.4)
                        .withErasing(0.25)
                        .withMixup(0.2)
                        .withCutmix(1))
                .withOptimizer(new Optimizer.AdamW(0.8, 0.99, 1e-7, 0.1), 0.3)
                .withSchedule(new LearningRateSchedule.WarmUp(
                        0.1, new LearningRateSchedule.MultiStep(List.of(0.5, 0.75), 0.2)))
                .withLayerRates(new LayerRates(
                        List.of(new LayerRates.LayerRate("conv1", 0), new LayerRates.LayerRate("*", 0.5))))
                .withRegularisation(new Regularisation(0.1, 0.2))
                .withAccumulatedBatches(4)
                .withClipping(new Clipping.ByNorm(2))
                .withAveraging(new Averaging.Exponential(0.99))
                .withLoss(new Loss.CrossEntropy(0.1, new ClassWeights.Given(List.of(1.0, 2.5))))
                .withComputation(new ComputationSettings(Engine.LIBTORCH, Precision.BFLOAT16, 3));
        assertThat(SettingsYaml.read(SettingsYaml.write(all), "test", DEFAULTS)).isEqualTo(all);
        TrainingSettings numbers = all.withLoss(new Loss.SmoothL1(0.25)).withClipping(new Clipping.ByValue(1));
        assertThat(SettingsYaml.read(SettingsYaml.write(numbers), "test", DEFAULTS))
                .isEqualTo(numbers);
    }

    @Test
    void state_a_part_of_a_random_crop_and_keep_the_rest_usual() {
        TrainingSettings settings = SettingsYaml.read("""
            pictures:
              sampling: balanced
              augmentation:
                randomCrop: {smallestArea: 0.08}
                cutmix: 1
            """, "settings.yaml", DEFAULTS);
        assertThat(settings)
                .isEqualTo(DEFAULTS.withSampling(Order.BALANCED)
                        .withAugmentation(Augmentation.NONE
                                .withRandomCrop(RandomCrop.from(0.08))
                                .withCutmix(1)));
    }

    @Test
    void of_an_earlier_version_had_no_groups_and_are_still_read() {
        TrainingSettings settings = SettingsYaml.read("""
            epochs: 12
            batchSize: 32
            optimizer: {kind: adam, beta1: 0.9, beta2: 0.999, epsilon: 1.0E-8}
            learningRate: 0.002
            schedule: {kind: cosine}
            regularisation: {l1: 0.0, l2: 0.001}
            loss: {kind: crossEntropy, smoothing: 0.1}
            earlyStopping: 5
            seed: 9
            engine: vector
            precision: float32
            threads: 2
            """, "old.yaml", DEFAULTS);
        assertThat(settings)
                .isEqualTo(TrainingSettings.defaults(9)
                        .withEpochs(12)
                        .withBatchSize(32)
                        .withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.002)
                        .withRegularisation(new Regularisation(0, 0.001))
                        .withLoss(new Loss.CrossEntropy(0.1))
                        .withEarlyStopping(OptionalInt.of(5))
                        .withComputation(new ComputationSettings(Engine.VECTOR, Precision.FLOAT32, 2)));
    }

    @Test
    void may_name_a_few_alone() {
        TrainingSettings settings = SettingsYaml.read("""
            course:
              snapshots: {kind: every, epochs: 3}
            step:
              layerRates:
                rates:
                  - {prefix: layer4, factor: 0.1}
            """, "few.yaml", DEFAULTS);
        assertThat(settings)
                .isEqualTo(DEFAULTS.withSnapshots(new Snapshots.Every(3))
                        .withLayerRates(new LayerRates(List.of(new LayerRates.LayerRate("layer4", 0.1)))));
    }

    @Test
    void refuse_the_same_one_twice() {
        assertThatThrownBy(() -> SettingsYaml.read("epochs: 3\ncourse: {epochs: 4}\n", "twice.yaml", DEFAULTS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The setting \"epochs\" is given twice.");
    }

    @Test
    void name_the_place_of_a_wrong_one() {
        assertThatThrownBy(() -> SettingsYaml.read("step: {clipping: {kind: byNrm, largest: 1}}", "a.yaml", DEFAULTS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("There is no kind \"byNrm\".")
                .hasMessageContaining("a.yaml, line 1, step, clipping")
                .hasMessageContaining("byNorm");
        assertThatThrownBy(() -> SettingsYaml.read("step: {accumulatedBatches: 0}", "a.yaml", DEFAULTS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("accumulatedBatches must be at least 1: 0");
    }
}
