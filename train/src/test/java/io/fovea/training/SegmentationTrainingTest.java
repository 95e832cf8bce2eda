package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.Outcome;
import io.fovea.export.TrainedModel;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.ModelOutput;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training towards a class for every pixel")
class SegmentationTrainingTest {

    private static final Network NETWORK = network(2);

    @TempDir
    static Path folder;

    static Dataset discs;

    @BeforeAll
    static void import_discs() {
        discs = Dataset.open(MaskFixture.discs(folder));
    }

    @AfterAll
    static void close_discs() {
        discs.close();
    }

    @Test
    void finds_the_disc_and_tells_mean_intersection_over_union(@TempDir Path run) throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        new Trainer(discs, NETWORK, settings(), run, events::add, new StopSignal()).run();
        EpochFinished last = events.stream()
                .filter(EpochFinished.class::isInstance)
                .map(EpochFinished.class::cast)
                .toList()
                .getLast();
        assertThat(last.validation())
                .extracting(Measure::name)
                .containsExactly("mean intersection over union", "pixel accuracy");
        assertThat(last.validation().getFirst().value()).isGreaterThan(0.8);
        assertThat(Files.readAllLines(run.resolve("results.csv")).getFirst())
                .contains("validation_mean_intersection_over_union", "validation_pixel_accuracy");
    }

    @Test
    void tells_of_each_epoch_how_the_classes_of_pixels_were_taken(@TempDir Path run) {
        train(settings(), run);
        List<TrainingEvent> events = Trainer.events(run);
        List<Double> scores = events.stream()
                .filter(EpochFinished.class::isInstance)
                .map(event -> ((EpochFinished) event).validation().getFirst().value())
                .toList();
        List<List<List<Long>>> confusions = events.stream()
                .filter(TrainingEvent.PicturesAnswered.class::isInstance)
                .map(event -> ((TrainingEvent.PicturesAnswered) event).confusion())
                .toList();

        assertThat(confusions).hasSameSizeAs(scores);
        for (int i = 0; i < scores.size(); i++)
            assertThat(intersectionOverUnion(confusions.get(i))).isCloseTo(scores.get(i), within(1e-12));
    }

    /** The mean over both classes: hits / (pixels of the class + pixels taken for it − hits). */
    private static double intersectionOverUnion(List<List<Long>> confusion) {
        double background = confusion.get(0).get(0);
        double disc = confusion.get(1).get(1);
        double wrong = confusion.get(0).get(1) + confusion.get(1).get(0);
        return (background / (background + wrong) + disc / (disc + wrong)) / 2;
    }

    @Test
    void goes_on_after_a_stop_to_the_same_weights_bit_for_bit(@TempDir Path stopped, @TempDir Path straight) {
        StopSignal stop = new StopSignal();
        TrainingListener afterStep7 = event -> {
            if (event instanceof TrainingEvent.StepFinished step && step.step() >= 7) stop.request();
        };
        TrainingResult first = new Trainer(discs, NETWORK, settings(), stopped, afterStep7, stop).run();
        assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);

        TrainingResult second = train(settings(), stopped);

        assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED);
        same(second.weights(), train(settings(), straight).weights());
    }

    @Test
    void leaves_a_model_file_with_the_probabilities_of_the_engine_that_trained(@TempDir Path run) {
        TrainingResult result = train(settings(), run);
        Path file = TrainedModel.judge(result, discs, settings())
                .export("discs", "0.1.0", run.resolve("discs.fovea"))
                .path();
        float[] logits;
        try (Workers workers = new Workers(1);
                TrainableModule module = Modules.create(
                        result.network(),
                        result.preprocessing(),
                        result.weights(),
                        settings().computation().engine(),
                        Precision.FLOAT32,
                        workers)) {
            logits = Scoring.outputs(module, discs, Split.VALIDATION); // [N, 2, 16, 16]
        }
        try (Model model = Model.load(file, PredictionOptions.DEFAULT)) {
            for (int n = 0; n < discs.count(Split.VALIDATION); n++) {
                float[] probabilities = model.run(
                                Map.of("input", model.prepare(discs.picture(Split.VALIDATION, n))),
                                List.of(ModelOutput.PROBABILITIES))
                        .get(ModelOutput.PROBABILITIES)
                        .floats();
                for (int i = 0; i < 256; i++) {
                    double difference = logits[n * 512 + 256 + i] - logits[n * 512 + i];
                    assertThat((double) probabilities[256 + i])
                            .isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-4));
                }
            }
        }
    }

    @Test
    void needs_a_map_for_each_class(@TempDir Path run) {
        assertThatThrownBy(() -> new Trainer(discs, network(3), settings(), run, event -> {}, new StopSignal()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The network answers with 3 maps, but there are 2 class names");
    }

    @Test
    void needs_a_loss_for_classes(@TempDir Path run) {
        TrainingSettings forNumbers = settings().withLoss(new Loss.MeanSquaredError());
        assertThatThrownBy(() -> new Trainer(discs, NETWORK, forNumbers, run, event -> {}, new StopSignal()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The loss is for numbers, but the dataset has classes")
                .hasMessageContaining("choose the loss crossEntropy");
    }

    private static TrainingResult train(TrainingSettings settings, Path run) {
        return new Trainer(discs, NETWORK, settings, run, event -> {}, new StopSignal()).run();
    }

    private static TrainingSettings settings() {
        return TrainingSettings.defaults(3)
                .withEpochs(6)
                .withBatchSize(6)
                .withOptimizer(new Optimizer.Adam(0.9, 0.999, 1e-8), 0.01)
                .withLoss(new Loss.CrossEntropy(0))
                .withAugmentation(Augmentation.NONE.withHorizontalFlip(0.5).withShift(0.1))
                .withComputation(new ComputationSettings(Engine.AUTOMATIC, Precision.FLOAT32, 2));
    }

    private static Network network(int classes) {
        return NetworkYaml.read("""
            name: disc-finder
            input: [1, 16, 16]
            layers:
              - convolution: {outputs: 8, kernel: 3, padding: 1}
              - relu
              - convolution: {outputs: 8, kernel: 3, padding: 1}
              - relu
              - convolution: {outputs: %d, kernel: 1}
            """.formatted(classes), "test");
    }

    private static void same(Weights one, Weights other) {
        assertThat(one.names()).containsExactlyElementsOf(other.names());
        for (NamedTensor tensor : one.tensors()) {
            assertThat(tensor.values()).as(tensor.name()).isEqualTo(other.values(tensor.name()));
        }
    }
}
