package io.fovea.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.source.RealData;
import io.fovea.source.Source;
import io.fovea.task.Regression;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing real pictures with targets")
class RealTargetsTest {

    private static final Preparation HALF = new Preparation(112, 112, ColorMode.GREY, ResizeMode.SQUASH);

    @TempDir
    Path folder;

    @Test
    void takes_the_point_from_the_names_of_the_pictures() {
        ImportReport report = run(ImportSettings.of("faces", HALF), Source.of(RealData.folder("face-xy")));

        assertThat(report.count(Split.TRAINING)).isEqualTo(580);
        assertThat(report.count(Split.VALIDATION)).isEqualTo(114);
        assertThat(report.broken()).isEmpty();
        assertThat(report.classNames()).isEmpty();
        assertThat(report.targets()).containsExactly(Target.place("x", Axis.X, 112), Target.place("y", Axis.Y, 112));
        try (Dataset dataset = Dataset.open(folder.resolve("faces"))) {
            assertThat(dataset.task()).isEqualTo(new Regression(dataset.targets()));
            assertThat(dataset.source(Split.TRAINING, 0)).isEqualTo("face-xy/train/xy_018_066_9a4a5a6f49b7.jpg");
            float[] point = new float[2];
            dataset.copyTargets(Split.TRAINING, 0, point, 0);
            assertThat(point).containsExactly(9, 33);
            assertThat(dataset.label(Split.TRAINING, 0)).isZero();
            assertThat(dataset.targetStatistics(Split.VALIDATION)).hasSize(2);
        }
    }

    @Test
    void makes_batches_whose_targets_span_minus_one_to_one() {
        run(ImportSettings.of("faces", HALF), Source.of(RealData.folder("face-xy")));

        try (Dataset dataset = Dataset.open(folder.resolve("faces"));
                BatchLoader loader = new BatchLoader(dataset, Split.TRAINING, BatchSettings.forEvaluation(32, 0))) {
            loader.start(0, 0);
            Batch batch = loader.next().orElseThrow();
            assertThat(batch.targets()).hasSize(64);
            assertThat(batch.targets()[0]).isCloseTo((9 - 56) / 56f, within(1e-6f));
            assertThat(batch.targets()[1]).isCloseTo((33 - 56) / 56f, within(1e-6f));
        }
    }

    @Test
    void takes_the_columns_of_the_tables_beside_the_parts() {
        ImportSettings settings = ImportSettings.of(
                        "noses", new Preparation(224, 224, ColorMode.GREY, ResizeMode.SQUASH))
                .withTruth(new Truth.Numbers(List.of("nose_x", "nose_y"), TargetUnit.AUTO));
        ImportReport report = run(settings, Source.of(RealData.folder("face-xy")));

        assertThat(report.count(Split.TRAINING)).isEqualTo(580);
        assertThat(report.count(Split.VALIDATION)).isEqualTo(114);
        assertThat(report.remarks()).isEmpty();
        try (Dataset dataset = Dataset.open(folder.resolve("noses"))) {
            List<TargetStatistics> guess = dataset.targetStatistics(Split.TRAINING);
            assertThat(guess.get(0).mean()).isCloseTo(112.812362, within(1e-4));
            assertThat(guess.get(1).mean()).isCloseTo(116.015690, within(1e-4));
            // What the set's description gives for guessing the mean: over both coordinates, |error| is 23.8 pixels.
            float[] nose = new float[2];
            double error = 0;
            for (int i = 0; i < 114; i++) {
                dataset.copyTargets(Split.VALIDATION, i, nose, 0);
                for (int axis = 0; axis < 2; axis++)
                    error += Math.abs(nose[axis] - guess.get(axis).mean()) / (2 * 114);
            }
            assertThat(error).isCloseTo(23.829607, within(1e-4));
            dataset.verify();
        }
    }

    @Test
    void takes_many_points_of_photographs_of_many_sizes() {
        ImportSettings settings = ImportSettings.of("landmarks", HALF)
                .withSplits(new SplitSettings(0, 0))
                .withTruth(new Truth.Numbers());
        ImportReport report = run(settings, Source.of(RealData.folder("face-landmarks68")));

        assertThat(report.targets()).hasSize(136);
        assertThat(report.count(Split.TRAINING)).isEqualTo(69);
        assertThat(report.broken()).isEmpty();
        assertThat(report.remarks())
                .containsExactly("5 pictures have a target slightly outside the picture; such targets are kept.");
        try (Dataset dataset = Dataset.open(folder.resolve("landmarks"))) {
            float[] points = new float[136];
            dataset.copyTargets(Split.TRAINING, 0, points, 0);
            assertThat(dataset.source(Split.TRAINING, 0)).isEqualTo("face_landmarks.csv/0805.jpg");
            // (27, 83) of a picture 215 wide and 324 high
            assertThat(points[0]).isCloseTo(14.065116f, within(1e-5f));
            assertThat(points[1]).isCloseTo(28.691358f, within(1e-5f));
        }
    }

    private ImportReport run(ImportSettings settings, Source... sources) {
        return DatasetImport.run(List.of(sources), settings, folder.resolve(settings.name()), ImportListener.NONE);
    }
}
