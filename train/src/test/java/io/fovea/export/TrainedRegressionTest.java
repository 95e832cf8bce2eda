package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.RegressionEvaluation;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Engine;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.predict.Regressor;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import io.fovea.task.Measure;
import io.fovea.task.Regression;
import io.fovea.training.Trainer;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A regression that is judged and exported")
class TrainedRegressionTest {

    private static final Origin ORIGIN = new Origin(Map.of("head", "by hand"), 7);

    /** Outputs 0.5 and −0.5 whatever it sees: the point (6, 2) of a picture of 8 by 8. */
    private final Network network = new Network(
            "constant",
            new Shape(1, 8, 8),
            List.of(
                    new Node("row", new Layer.Flatten(), List.of(Network.INPUT)),
                    new Node("dense", new Layer.Dense(2, Layer.Bias.WITH), List.of("row"))));

    private final Weights weights = new Weights(List.of(
            new NamedTensor("dense.weight", new int[] {2, 64}, new float[128]),
            new NamedTensor("dense.bias", new int[] {2}, new float[] {0.5f, -0.5f})));

    @TempDir
    Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw_pictures_whose_point_is_at_the_upper_left_or_lower_right() throws IOException {
        Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 40; i++) {
            byte[] values = new byte[64];
            values[i] = (byte) 255;
            int place = i % 2 == 0 ? 2 : 6;
            Path file = folder.resolve(String.format("pictures/xy_%d_%d_%02d.png", place, place, i));
            PngWriter.write(new Pixels(8, 8, 1, values), file);
        }
        ImportSettings settings = ImportSettings.of("points", new Preparation(8, 8, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(0, 50));
        DatasetImport.run(
                List.of(Source.of(folder.resolve("pictures"))),
                settings,
                folder.resolve("points"),
                ImportListener.NONE);
        dataset = Dataset.open(folder.resolve("points"));
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void is_judged_by_distances_in_pixels() {
        RegressionEvaluation verdict = (RegressionEvaluation) model().verdict();
        // (6, 2) is 4 pixels from both (2, 2) and (6, 6)
        assertThat(verdict.meanError().value()).isEqualTo(4);
        assertThat(verdict.meanError().count()).isEqualTo(dataset.count(Split.TEST));
        // the training pictures' mean is near (4, 4), 2√2 from both
        assertThat(verdict.guessError()).isCloseTo(2.83, within(0.3));
        assertThatThrownBy(() -> model().evaluation()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goes_into_a_bundle_that_replays_and_gives_places_of_any_picture() {
        ExportReport report = model().export("pointer", "0.1.0", folder.resolve("pointer.fovea"));
        assertThat(report.parityMaxAbsDifference()).isZero();
        try (Regressor regressor = Regressor.load(report.path())) {
            assertThat(regressor.replay().orElseThrow().pictures()).isEqualTo(16);
            assertThat(regressor.predict(new Pixels(16, 32, 1, new byte[512])).points())
                    .singleElement()
                    .satisfies(
                            point -> assertThat(List.of(point.x(), point.y())).containsExactly(24.0, 4.0));
        }
    }

    @Test
    void tells_in_the_manifest_what_was_measured() {
        ExportReport report = model().export("pointer", "0.1.0", folder.resolve("pointer.fovea"));
        Manifest manifest = Bundle.open(report.path()).manifest();
        assertThat(manifest.task()).isEqualTo(new Regression(dataset.targets()));
        assertThat(manifest.provenance().settings()).containsEntry("head", "by hand");
        Measurement error = manifest.measurements().getFirst();
        assertThat(error.on()).isEqualTo("test");
        assertThat(error.measure().name()).isEqualTo("mean error in pixels");
        assertThat(error.measure().words()).isEqualTo("4.00 pixels");
        assertThat(error.measure().better()).isEqualTo(Measure.Better.LOWER);
    }

    @Test
    void may_be_judged_by_outputs_that_are_known_already() {
        float[] outputs = new float[dataset.count(Split.TEST) * 2];
        RegressionEvaluation verdict = (RegressionEvaluation)
                TrainedModel.judge(parts(Trainer.preprocessing(dataset)), dataset, ORIGIN, outputs)
                        .verdict();
        // outputs of 0 are the middle, (4, 4)
        assertThat(verdict.meanError().value()).isCloseTo(2 * Math.sqrt(2), within(1e-6));
    }

    @Test
    void is_not_judged_if_a_part_of_the_outputs_is_no_number_or_missing() {
        ModelParts parts = parts(Trainer.preprocessing(dataset));
        float[] outputs = new float[dataset.count(Split.TEST) * 2];
        outputs[3] = Float.NaN;
        assertThatThrownBy(() -> TrainedModel.judge(parts, dataset, ORIGIN, outputs))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("NaN for target \"y\"");
        assertThatThrownBy(() -> TrainedModel.judge(parts, dataset, ORIGIN, new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void is_not_judged_on_pictures_that_were_prepared_otherwise() {
        Preprocessing cutting =
                new Preprocessing(8, 8, ColorMode.GREY, ResizeMode.CROP, 2, new float[] {0.5f}, new float[] {0.5f});
        assertThatThrownBy(() -> TrainedModel.judge(parts(cutting), dataset, ORIGIN, Engine.VECTOR, 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("8x8 grey, crop with a margin of 2")
                .hasMessageContaining("8x8 grey, squash");
    }

    @Test
    void is_refused_by_a_classifier() {
        ExportReport report = model().export("pointer", "0.1.0", folder.resolve("pointer.fovea"));
        assertThatThrownBy(() -> Classifier.load(report.path()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("regression of \"x\", \"y\"");
    }

    private ModelParts parts(Preprocessing preprocessing) {
        return new ModelParts(network, preprocessing, weights);
    }

    private TrainedModel model() {
        return TrainedModel.judge(parts(Trainer.preprocessing(dataset)), dataset, ORIGIN, Engine.VECTOR, 1);
    }
}
