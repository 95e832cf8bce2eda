package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
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
            assertThat(dataset.isRegression()).isTrue();
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

    private ImportReport run(ImportSettings settings, Source... sources) {
        return DatasetImport.run(List.of(sources), settings, folder.resolve(settings.name()), ImportListener.NONE);
    }
}
