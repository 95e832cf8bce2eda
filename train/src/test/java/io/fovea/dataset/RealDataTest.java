package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected numbers: the README beside the data, and Pillow's and NumPy's sums over the files. */
@DisplayName("Importing real data")
class RealDataTest {

    static final Preparation MNIST = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);

    @TempDir
    Path folder;

    @Test
    void brings_all_of_mnist_in_the_original_order() {
        ImportSettings settings = ImportSettings.of("mnist", MNIST).withSplits(new SplitSettings(0, 0));
        ImportReport report = run(settings, Source.of(RealData.folder("mnist")));

        assertThat(report.statistics().countsPerClass().get(Split.TRAINING))
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(report.statistics().countsPerClass().get(Split.TEST))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(report.count(Split.VALIDATION)).isZero();
        assertThat(report.statistics().mean()[0] * 255).isCloseTo(33.3184f, within(0.0001f));
        assertThat(report.statistics().std()[0]).isCloseTo(0.3081f, within(0.0001f));
        try (Dataset dataset = Dataset.open(folder.resolve("mnist"))) {
            assertThat(dataset.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(IntStream.range(0, 10).map(i -> dataset.label(Split.TRAINING, i)))
                    .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
            assertThat(dataset.source(Split.TEST, 7)).isEqualTo("t10k-images-idx3-ubyte.gz#7");
            dataset.verify();
        }
    }

    private ImportReport run(ImportSettings settings, Source... sources) {
        return DatasetImport.run(List.of(sources), settings, folder.resolve(settings.name()), ImportListener.NONE);
    }
}
