package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoredForm;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing CIFAR files")
class CifarImporterTest {

    private static final ImportSettings COLOR = new ImportSettings(
            "cifar",
            new Preparation(32, 32, ColorMode.COLOR, ResizeMode.SQUASH),
            new SplitSettings(0, 0),
            1,
            ALL_TRAINING.maximumPerClass(),
            StoredForm.RAW,
            2,
            1);

    @TempDir
    Path temporary;

    Path root;
    Path target;

    @BeforeEach
    void folders() throws IOException {
        root = Files.createDirectory(temporary.resolve("cifar"));
        target = temporary.resolve("store");
    }

    @Test
    void turns_planes_of_colour_into_pixels() throws IOException {
        write("data_batch_1.bin", picture(3, 10, 20, 30), picture(5, 1, 2, 3));
        write("test_batch.bin", picture(5, 7, 8, 9));
        Files.writeString(root.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");

        ImportReport report = run(target, COLOR, root);

        assertThat(report.classNames()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        try (Dataset dataset = Dataset.open(target)) {
            assertThat(dataset.count(Split.TRAINING)).isEqualTo(2);
            assertThat(dataset.label(Split.TRAINING, 0)).isEqualTo(3);
            assertThat(dataset.source(Split.TRAINING, 1)).isEqualTo("data_batch_1.bin#1");
            Pixels first = dataset.picture(Split.TRAINING, 0);
            assertThat(new int[] {first.at(0, 0, 0), first.at(0, 0, 1), first.at(31, 31, 2)})
                    .containsExactly(10, 20, 30);
            assertThat(dataset.label(Split.TEST, 0)).isEqualTo(5);
        }
    }

    @Test
    void takes_the_fine_label_of_the_hundred_classes() throws IOException {
        write("train.bin", fine(4, 99), fine(4, 98));
        write("test.bin.gz", fine(4, 98));

        ImportReport report = run(target, COLOR, root);

        assertThat(report.classNames()).hasSize(100);
        try (Dataset dataset = Dataset.open(target)) {
            assertThat(dataset.label(Split.TRAINING, 0)).isEqualTo(99);
            assertThat(dataset.count(Split.TEST)).isEqualTo(1);
        }
    }

    @Test
    void says_that_a_file_is_cut_off() throws IOException {
        write("data_batch_1.bin", Arrays.copyOf(picture(3, 10, 20, 30), 3000));

        assertThat(problem(target, COLOR, Source.of(root)).what())
                .isEqualTo(
                        "Expected whole records of 3073 bytes (CIFAR-10) or 3074 bytes (CIFAR-100), found 3000 bytes.");
    }

    @Test
    void names_the_picture_whose_label_is_out_of_range() throws IOException {
        write("data_batch_1.bin", picture(3, 10, 20, 30), picture(10, 1, 2, 3));

        assertThat(problem(target, COLOR, Source.of(root)).where()).endsWith("data_batch_1.bin, picture 1");
    }

    @Test
    void says_that_a_role_does_not_fit_files_of_several_parts() throws IOException {
        write("data_batch_1.bin", picture(3, 10, 20, 30));
        write("test_batch.bin", picture(3, 10, 20, 30));

        assertThat(problem(target, COLOR, Source.parse("test=" + root)).remedy())
                .isEqualTo("give the source without a role, or give one of its files");
    }

    private void write(String name, byte[]... records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] each : records) bytes.write(each);
        byte[] content = name.endsWith(".gz") ? IdxImporterTest.gzip(bytes.toByteArray()) : bytes.toByteArray();
        Files.write(root.resolve(name), content);
    }

    private static byte[] picture(int label, int red, int green, int blue) {
        byte[] record = new byte[3073];
        record[0] = (byte) label;
        Arrays.fill(record, 1, 1025, (byte) red);
        Arrays.fill(record, 1025, 2049, (byte) green);
        Arrays.fill(record, 2049, 3073, (byte) blue);
        return record;
    }

    private static byte[] fine(int coarse, int fine) {
        byte[] record = new byte[3074];
        record[0] = (byte) coarse;
        record[1] = (byte) fine;
        return record;
    }
}
