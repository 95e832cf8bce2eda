package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.module.Engine;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Training towards numbers")
class RegressionTrainingTest {

    @TempDir
    static Path folder;

    static Dataset dots;

    @BeforeAll
    static void import_dots() {
        dots = Dataset.open(DotFixture.dots(folder));
    }

    @AfterAll
    static void close_dots() {
        dots.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"LIBTORCH", "VECTOR"})
    void finds_the_dot_and_tells_the_error_in_pixels(Engine engine, @TempDir Path run) {
        List<TrainingEvent> events = new ArrayList<>();
        new Trainer(dots, network(2), settings(engine), run, events::add, new StopSignal()).run();
        List<EpochFinished> epochs = events.stream()
                .filter(EpochFinished.class::isInstance)
                .map(EpochFinished.class::cast)
                .toList();
        EpochFinished last = epochs.getLast();
        assertThat(last.validation()).extracting(Measure::name).containsExactly("error");
        // places lie 2 … 13: guessing the middle is wrong by 3 pixels
        assertThat(epochs.getFirst().validation().getFirst().value()).isGreaterThan(2);
        assertThat(last.validation().getFirst().value()).isLessThan(1);
        assertThat(last.validationLoss().getAsDouble())
                .isLessThan(epochs.getFirst().validationLoss().getAsDouble() / 4);
        assertThat(Trainer.events(run)).isEqualTo(events);
    }

    @Test
    void leaves_a_table_of_errors(@TempDir Path run) throws IOException {
        new Trainer(dots, network(2), settings(Engine.VECTOR).withEpochs(1), run, event -> {}, new StopSignal()).run();
        assertThat(Files.readAllLines(run.resolve("results.csv")).getFirst())
                .isEqualTo(
                        "epoch,step,train_loss,train_error,validation_loss,validation_error,learning_rate,images_per_second");
    }

    @Test
    void needs_an_output_for_each_target(@TempDir Path run) {
        assertThatThrownBy(() -> trainer(network(3), settings(Engine.VECTOR), run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The network answers with 3 numbers, but there are 2 targets");
    }

    @Test
    void needs_a_loss_for_numbers(@TempDir Path run) {
        TrainingSettings forClasses = settings(Engine.VECTOR).withLoss(new Loss.CrossEntropy(0));
        assertThatThrownBy(() -> trainer(network(2), forClasses, run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Cross-entropy is for classes")
                .hasMessageContaining("smoothL1");
    }

    private static void trainer(Network network, TrainingSettings settings, Path run) {
        new Trainer(dots, network, settings, run, event -> {}, new StopSignal());
    }

    private static TrainingSettings settings(Engine engine) {
        return TrainingSettings.defaults(3)
                .withEpochs(40)
                .withBatchSize(16)
                .withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.005)
                .withLoss(new Loss.SmoothL1(0.1))
                .withAugmentation(Augmentation.NONE.withShift(0.1))
                .withComputation(new ComputationSettings(engine, Precision.FLOAT32, 2));
    }

    private static Network network(int outputs) {
        return NetworkYaml.read("""
            name: dot-finder
            input: [1, 16, 16]
            layers:
              - convolution: {outputs: 8, kernel: 3}
              - relu
              - max-pooling: {kernel: 2}
              - flatten
              - dense: {outputs: 32}
              - relu
              - dense: {outputs: %d}
            """.formatted(outputs), "test");
    }
}
