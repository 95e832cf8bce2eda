package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportReport;
import io.fovea.importer.SplitSettings;
import io.fovea.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing idx files")
public class IdxImporterTest {

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
    @DisplayName("a folder of four")
    class Four {

        @BeforeEach
        void files() throws IOException {
            write("train-images-idx3-ubyte.gz", gzip(images(2051, 3, 2, 2, 10, 20, 30)));
            write("train-labels-idx1-ubyte.gz", gzip(labels(2049, 3, 7, 0, 7)));
            write("t10k-images-idx3-ubyte", images(2051, 1, 2, 2, 40));
            write("t10k-labels-idx1-ubyte", labels(2049, 1, 0));
        }

        @Test
        void becomes_training_and_test_in_the_order_of_the_files() {
            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(contents(target, Split.TRAINING))
                    .containsExactly(
                            "7 train-images-idx3-ubyte.gz#0 10",
                            "0 train-images-idx3-ubyte.gz#1 20",
                            "7 train-images-idx3-ubyte.gz#2 30");
            assertThat(contents(target, Split.TEST)).containsExactly("0 t10k-images-idx3-ubyte#0 40");
        }

        @Test
        void has_a_shape_of_its_own() {
            assertThat(DatasetImport.ownShape(List.of(Source.of(root))))
                    .contains(new Preparation(2, 2, ColorMode.GREY, ResizeMode.SQUASH));
        }

        @Test
        void has_the_same_in_a_zip() throws IOException {
            Path zip = temporary.resolve("mnist.zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                for (String name : List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")) {
                    out.putNextEntry(new ZipEntry("mnist/" + name));
                    out.write(Files.readAllBytes(root.resolve(name)));
                }
            }

            assertThat(DatasetImport.ownShape(List.of(Source.of(zip))))
                    .contains(new Preparation(2, 2, ColorMode.GREY, ResizeMode.SQUASH));
        }

        @Test
        void has_none_together_with_a_folder_of_photographs() throws IOException {
            Path photographs = Files.createDirectories(temporary.resolve("photographs"));
            Files.createDirectories(photographs.resolve("cat"));

            assertThat(DatasetImport.ownShape(List.of(Source.of(root), Source.of(photographs))))
                    .isEmpty();
        }

        @Test
        void takes_class_names_from_a_file() throws IOException {
            Path names = Files.writeString(temporary.resolve("names.txt"), "a\nb\nc\nd\ne\nf\ng\nh\n");

            ImportReport report = run(target, ALL_TRAINING, Source.of(root), Source.of(names, SourceRole.CLASS_NAMES));

            assertThat(report.classNames()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
            assertThat(contents(target, Split.TEST)).containsExactly("a t10k-images-idx3-ubyte#0 40");
        }

        @Test
        void may_be_given_file_by_file() {
            run(
                    target,
                    ALL_TRAINING,
                    Source.of(root.resolve("t10k-images-idx3-ubyte")),
                    Source.of(root.resolve("train-images-idx3-ubyte.gz")),
                    Source.of(root.resolve("train-labels-idx1-ubyte.gz")));

            assertThat(contents(target, Split.TRAINING)).hasSize(3);
            assertThat(contents(target, Split.TEST)).hasSize(1);
        }

        @Test
        void has_its_validation_taken_from_the_training_files() {
            ImportReport report = run(target, ALL_TRAINING.withSplits(new SplitSettings(50, 0)), root);

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.count(Split.VALIDATION)).isEqualTo(1);
            assertThat(report.count(Split.TEST)).isEqualTo(1);
        }
    }

    @Test
    void are_classes_by_their_numbers_where_they_are_no_digits() throws IOException {
        write("letters-train-images-idx3-ubyte", images(2051, 3, 2, 2, 10, 20, 30));
        write("letters-train-labels-idx1-ubyte", labels(2049, 3, 26, 1, 10));

        ImportReport report = run(target, ALL_TRAINING, root);

        assertThat(report.classNames()).containsExactly("1", "10", "26");
        assertThat(contents(target, Split.TRAINING))
                .containsExactly(
                        "26 letters-train-images-idx3-ubyte#0 10",
                        "1 letters-train-images-idx3-ubyte#1 20",
                        "10 letters-train-images-idx3-ubyte#2 30");
        assertThat(report.remarks())
                .containsExactly(
                        "The labels of letters-train-labels-idx1-ubyte go beyond the ten digits; the classes are"
                                + " called by their numbers. To name them, give a name for every number from 0:"
                                + " classes=FILE.");
    }

    @Nested
    @DisplayName("that are damaged")
    class Damaged {

        @Test
        void names_the_expected_magic_number() throws IOException {
            write("train-images-idx3-ubyte", images(2052, 2, 2, 2, 10, 20));
            write("train-labels-idx1-ubyte", labels(2049, 2, 0, 1));

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected the magic number 2051 of idx pictures, found 2052.");
        }

        @Test
        void counts_labels_against_pictures() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 2, 2, 2, 10, 20));
            write("train-labels-idx1-ubyte", labels(2049, 3, 0, 1, 2));

            assertThat(problem(target, root).what()).isEqualTo("Expected 2 labels for 2 pictures, found 3.");
        }

        @Test
        void says_where_a_file_of_pictures_ends_too_early() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 3, 2, 2, 10, 20));
            write("train-labels-idx1-ubyte", labels(2049, 3, 0, 1, 2));

            assertThat(problem(target, root).what()).isEqualTo("Expected 3 pictures, but the file ends after 2.");
            assertThat(target).doesNotExist();
        }

        @Test
        void says_that_there_is_more_than_was_announced() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 2, 2, 2, 10, 20, 30));
            write("train-labels-idx1-ubyte", labels(2049, 2, 0, 1));

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected the end of the file after the announced count, found more.");
        }

        @Test
        void says_that_a_gzip_is_cut_off() throws IOException {
            byte[] whole = gzip(images(2051, 3, 2, 2, 10, 20, 30));
            write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length - 9));
            write("train-labels-idx1-ubyte", labels(2049, 3, 0, 1, 2));

            Problem problem = problem(target, root);

            assertThat(problem.what()).isEqualTo("Cannot read the source: it ends too early.");
            assertThat(problem.remedy()).contains("fetch it again");
        }

        @Test
        void names_the_label_that_is_out_of_range() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 2, 2, 2, 10, 20));
            write("train-labels-idx1-ubyte", labels(2049, 2, 0, 10));
            Path names = Files.writeString(temporary.resolve("names.txt"), "zero\none\n");

            Problem problem = problem(target, ALL_TRAINING, Source.of(root), Source.parse("classes=" + names));

            assertThat(problem.what()).isEqualTo("Expected labels 0 … 1, found 10.");
            assertThat(problem.where()).endsWith("train-labels-idx1-ubyte, label 1");
        }

        @Test
        void says_that_the_labels_are_missing() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 2, 2, 2, 10, 20));

            assertThat(problem(target, root).what()).isEqualTo("The labels of these pictures are missing.");
        }

        @Test
        void says_that_a_picture_size_is_not_sensible() throws IOException {
            write("train-images-idx3-ubyte", images(2051, 2, 50_000, 50_000));
            write("train-labels-idx1-ubyte", labels(2049, 2, 0, 1));

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected a sensible picture size and count, found 2 pictures of 50000x50000.");
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(root.resolve(name), content);
    }

    /** One grey per picture. */
    public static byte[] images(int magic, int count, int rows, int columns, int... greys) {
        int size = Math.min(rows * columns, 16);
        ByteBuffer file = ByteBuffer.allocate(16 + greys.length * size);
        file.putInt(magic).putInt(count).putInt(rows).putInt(columns);
        for (int grey : greys) for (int i = 0; i < size; i++) file.put((byte) grey);
        return file.array();
    }

    public static byte[] labels(int magic, int count, int... labels) {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(magic).putInt(count);
        for (int label : labels) file.put((byte) label);
        return file.array();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
