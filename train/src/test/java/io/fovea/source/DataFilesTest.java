package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static io.fovea.source.IdxImporterTest.gzip;
import static io.fovea.source.IdxImporterTest.images;
import static io.fovea.source.IdxImporterTest.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSteps;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Data files of a folder or archive")
class DataFilesTest {

    private static final byte[] TRAINING = images(2051, 2, 2, 2, 10, 20);
    private static final byte[] TRAINING_LABELS = labels(2049, 2, 0, 1);
    private static final byte[] TEST = images(2051, 1, 2, 2, 30);
    private static final byte[] TEST_LABELS = labels(2049, 1, 1);

    @TempDir
    Path temporary;

    Path root;
    Path target;

    @BeforeEach
    void folders() throws IOException {
        root = Files.createDirectory(temporary.resolve("digits"));
        target = temporary.resolve("store");
    }

    @Nested
    @DisplayName("have the part that their whole names say")
    class Parts {

        @ParameterizedTest
        @CsvSource({
            "emnist-digits-train-images-idx3-ubyte, emnist-digits-test-images-idx3-ubyte",
            "kmnist-train-images-idx3-ubyte, kmnist-t10k-images-idx3-ubyte",
            "Train_Images.idx3-ubyte, Test_Images.idx3-ubyte",
            "images-idx3-ubyte-train, images-idx3-ubyte-test",
            "training/images-idx3-ubyte, testing/images-idx3-ubyte",
            "raw/train-images-idx3-ubyte/train-images-idx3-ubyte, raw/t10k-images-idx3-ubyte/t10k-images-idx3-ubyte",
        })
        void of_idx(String training, String test) throws IOException {
            write(training, TRAINING);
            write(labelsOf(training), TRAINING_LABELS);
            write(test, TEST);
            write(labelsOf(test), TEST_LABELS);
            Path zip = zip(List.of(training, labelsOf(training), test, labelsOf(test)));

            ImportReport report = run(target, ALL_TRAINING, root);
            ImportReport zipped = run(temporary.resolve("zipped"), ALL_TRAINING, zip);

            assertThat(List.of(report.count(Split.TRAINING), report.count(Split.TEST)))
                    .containsExactly(2, 1);
            assertThat(List.of(zipped.count(Split.TRAINING), zipped.count(Split.TEST)))
                    .containsExactly(2, 1);
        }

        @Test
        void of_idx_given_as_sources_of_their_own() throws IOException {
            Path training = write("emnist-letters-train-images-idx3-ubyte.gz", gzip(TRAINING));
            write("emnist-letters-train-labels-idx1-ubyte.gz", gzip(TRAINING_LABELS));
            Path test = write("emnist-letters-test-images-idx3-ubyte.gz", gzip(TEST));
            write("emnist-letters-test-labels-idx1-ubyte.gz", gzip(TEST_LABELS));

            ImportReport report = run(target, ALL_TRAINING, Source.of(training), Source.of(test));

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.count(Split.TEST)).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({
            "data_batch_1.bin, test_batch.bin",
            "cifar-10-train.bin, cifar-10-test.bin",
            "a/train.bin, a/Test.bin"
        })
        void of_cifar(String training, String test) throws IOException {
            write(training, cifar(2));
            write(test, cifar(1));

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.count(Split.TEST)).isEqualTo(1);
        }

        @Test
        void are_refused_where_they_say_several() throws IOException {
            write("train-test-images-idx3-ubyte", TRAINING);
            write("train-test-labels-idx1-ubyte", TRAINING_LABELS);

            assertThat(problem(target, root).what()).isEqualTo("The name says several parts: [TRAINING, TEST].");
        }
    }

    @Nested
    @DisplayName("count once")
    class Once {

        @Test
        void in_whatever_spelling_folder_or_compression_they_are_there() throws IOException {
            List<String> files = List.of(
                    "train-images.idx3-ubyte",
                    "train-images-idx3-ubyte/train-images-idx3-ubyte",
                    "train-images-idx3-ubyte.gz",
                    "train-images-idx3-ubyte (1).gz");
            for (String name : files) write(name, name.endsWith("gz") ? gzip(TRAINING) : TRAINING);
            write("train-labels.idx1-ubyte", TRAINING_LABELS);

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.remarks())
                    .contains(
                            "train-images-idx3-ubyte (1).gz is there 4 times with the same content, and counts once.");
        }

        @Test
        void in_archives_whose_folders_hold_files_of_one_name() throws IOException {
            write("train-images.idx3-ubyte", TRAINING);
            write("train-images-idx3-ubyte/train-images-idx3-ubyte", TRAINING);
            write("train-labels.idx1-ubyte", TRAINING_LABELS);
            write("train-labels-idx1-ubyte/train-labels-idx1-ubyte", TRAINING_LABELS);
            Path zip = zip(List.of(
                    "train-images.idx3-ubyte",
                    "train-images-idx3-ubyte/train-images-idx3-ubyte",
                    "train-labels.idx1-ubyte",
                    "train-labels-idx1-ubyte/train-labels-idx1-ubyte"));

            run(target, ALL_TRAINING, zip);

            assertThat(contents(target, Split.TRAINING)).hasSize(2);
        }

        @Test
        void of_cifar_too() throws IOException {
            write("data_batch_1.bin", cifar(2));
            write("data_batch_1.bin.gz", gzip(cifar(2)));
            write("cifar-10-batches-bin/data_batch_1.bin", cifar(2));

            assertThat(run(target, ALL_TRAINING, root).count(Split.TRAINING)).isEqualTo(2);
        }

        @Test
        void and_are_refused_where_they_differ() throws IOException {
            write("a/train-images-idx3-ubyte", TRAINING);
            write("a/train-labels-idx1-ubyte", TRAINING_LABELS);
            write("b/train-images-idx3-ubyte", images(2051, 2, 2, 2, 50, 60));
            write("b/train-labels-idx1-ubyte", TRAINING_LABELS);
            Path zip =
                    zip(List.of("a/train-images-idx3-ubyte", "a/train-labels-idx1-ubyte", "b/train-images-idx3-ubyte"));

            assertThat(problem(target, root).what())
                    .isEqualTo("Two files are called as if they were the same, and differ: a/train-images-idx3-ubyte"
                            + " and b/train-images-idx3-ubyte.");
            assertThat(problem(target, zip).where()).isEqualTo(zip.toString());
        }
    }

    @Test
    void are_refused_where_they_are_of_several_sets() throws IOException {
        write("emnist-digits-train-images-idx3-ubyte", TRAINING);
        write("emnist-digits-train-labels-idx1-ubyte", TRAINING_LABELS);
        write("emnist-letters-train-images-idx3-ubyte", TRAINING);
        write("emnist-letters-train-labels-idx1-ubyte", TRAINING_LABELS);

        Problem problem = problem(target, root);

        assertThat(problem.what())
                .isEqualTo("The folder has files of 2 sets: emnist-digits-train-images-idx3-ubyte,"
                        + " emnist-letters-train-images-idx3-ubyte.");
    }

    @Test
    void are_preferred_to_pictures_beside_them_and_say_so() throws IOException {
        write("train-images-idx3-ubyte", TRAINING);
        write("train-labels-idx1-ubyte", TRAINING_LABELS);
        ImportSteps.picture(root.resolve("examples.png"), 1);
        Path zip = zip(List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "examples.png"));

        assertThat(run(target, ALL_TRAINING, root).remarks())
                .contains("1 picture of digits lies beside idx or CIFAR files, which are used instead.");
        assertThat(run(temporary.resolve("zipped"), ALL_TRAINING, zip).remarks())
                .contains("1 picture of digits.zip lies beside idx or CIFAR files, which are used instead.");
    }

    /** Black pictures of the classes 0, 1 … */
    private static byte[] cifar(int count) {
        byte[] file = new byte[count * 3073];
        for (int i = 0; i < count; i++) file[i * 3073] = (byte) i;
        return file;
    }

    private static String labelsOf(String images) {
        return images.replace("images", "labels").replace("Images", "Labels").replace("idx3", "idx1");
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** Packs files of the folder. */
    private Path zip(List<String> names) throws IOException {
        Path zip = temporary.resolve("digits.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(root.resolve(name)));
            }
        }
        return zip;
    }
}
