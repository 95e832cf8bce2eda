package io.fovea.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.source.RealData;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
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

    private static final Preparation COLOR = new Preparation(32, 32, ColorMode.COLOR, ResizeMode.CROP);

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

    @Test
    void brings_the_lossless_part_of_cifar10_with_its_class_names() {
        ImportSettings settings = ImportSettings.of("cifar", COLOR).withSplits(new SplitSettings(0, 0));
        ImportReport report = run(settings, Source.of(RealData.folder("cifar10")));

        assertThat(report.classNames())
                .startsWith("airplane", "automobile", "bird", "cat")
                .hasSize(10);
        assertThat(report.statistics().countsPerClass().get(Split.TRAINING))
                .containsExactly(396, 366, 420, 384, 422, 393, 414, 385, 407, 413);
        assertThat(report.statistics().countsPerClass().get(Split.TEST))
                .containsExactly(103, 89, 100, 103, 90, 86, 112, 102, 106, 109);
    }

    @Test
    void brings_an_archive_of_jpegs_that_is_all_test() {
        Path archive = RealData.folder("cifar10").resolve("cifar10-jpeg-test.tar.gz");
        ImportReport report = run(ImportSettings.of("jpeg", COLOR), Source.of(archive));

        assertThat(report.statistics().countsPerClass().get(Split.TEST))
                .containsOnly(1000)
                .hasSize(10);
        assertThat(report.count(Split.TRAINING) + report.count(Split.VALIDATION))
                .isZero();
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void brings_photographs_of_many_sizes() {
        ImportReport report = run(ImportSettings.of("pets", COLOR), Source.of(RealData.folder("cats-dogs")));

        assertThat(report.statistics().countsPerClass().get(Split.TRAINING)).containsExactly(200, 200);
        assertThat(report.statistics().countsPerClass().get(Split.VALIDATION)).containsExactly(60, 60);
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void brings_a_list_with_more_columns() {
        Path photos = RealData.folder("imagenet-samples");
        ImportReport report = run(
                ImportSettings.of("list", COLOR).withMinimumPerClass(1),
                Source.of(photos.resolve("labels.csv")),
                Source.of(photos.resolve("photos"), SourceRole.PICTURES_FOLDER),
                Source.of(RealData.folder("imagenet-classes").resolve("synset_words.txt"), SourceRole.CLASS_NAMES));

        assertThat(report.classNames()).hasSize(1000);
        assertThat(report.count(Split.TRAINING)).isEqualTo(100);
        assertThat(report.count(Split.TRAINING, 990)).isEqualTo(1);
    }

    private ImportReport run(ImportSettings settings, Source... sources) {
        return DatasetImport.run(List.of(sources), settings, folder.resolve(settings.name()), ImportListener.NONE);
    }
}
