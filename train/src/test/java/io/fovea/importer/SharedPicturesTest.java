package io.fovea.importer;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.png;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Split;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A picture that is there twice")
class SharedPicturesTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void store() {
        target = temporary.resolve("store");
    }

    @Test
    void is_named_where_a_list_has_it_twice() throws IOException {
        picture(temporary.resolve("a.png"), 1);
        picture(temporary.resolve("b.png"), 2);
        Path list = Files.writeString(temporary.resolve("list.csv"), "a.png,cat\na.png,dog\nb.png,dog\nb.png,cat\n");

        assertThat(run(target, ALL_TRAINING, list).remarks())
                .containsExactly("2 pictures are listed under two classes or more, pixel for pixel, such as"
                        + " \"list.csv/a.png\" as \"cat\" and \"list.csv/a.png\" as \"dog\".");
    }

    @Test
    void is_named_where_folders_hold_it_under_other_names() throws IOException {
        picture(temporary.resolve("animals/cat/1.png"), 1);
        picture(temporary.resolve("animals/cat/2.png"), 2);
        picture(temporary.resolve("animals/dog/3.png"), 1);

        assertThat(run(target, ALL_TRAINING, temporary.resolve("animals")).remarks())
                .containsExactly("1 picture is listed under two classes or more, pixel for pixel, such as"
                        + " \"animals/cat/1.png\" as \"cat\" and \"animals/dog/3.png\" as \"dog\".");
    }

    @Test
    void is_named_where_it_is_in_two_parts_of_an_archive() throws IOException {
        Path zip = temporary.resolve("animals.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("train/cat/1.png", "train/dog/2.png", "test/dog/1.png")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(png(name.endsWith("1.png") ? 1 : 2));
            }
        }

        assertThat(run(target, ALL_TRAINING, zip).remarks())
                .containsExactly(
                        "1 picture of the test part is also in the training part, pixel for pixel.",
                        "1 picture is listed under two classes or more, pixel for pixel, such as"
                                + " \"animals.zip/train/cat/1.png\" as \"cat\" and \"animals.zip/test/dog/1.png\" as"
                                + " \"dog\".");
    }

    @Test
    void is_named_where_a_folder_comes_with_its_own_archive() throws IOException {
        Path zip = temporary.resolve("animals.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("cat/1.png", "dog/2.png", "dog/3.png")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(png(name.charAt(4)));
                if (!name.equals("dog/3.png")) picture(temporary.resolve("animals/" + name), name.charAt(4));
            }
        }

        assertThat(run(target, ALL_TRAINING, Source.of(temporary.resolve("animals")), Source.of(zip))
                        .remarks())
                .containsExactly("2 pictures of animals.zip are also in animals under the same class, pixel for pixel,"
                        + " and count twice: leave one of the two sources out.");
    }

    @Test
    void is_not_counted_from_an_archive_that_lies_in_the_folder() throws IOException {
        picture(temporary.resolve("animals/cat/1.png"), 1);
        picture(temporary.resolve("animals/dog/2.png"), 2);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(temporary.resolve("animals/all.zip")))) {
            out.putNextEntry(new ZipEntry("cat/1.png"));
            out.write(png(1));
        }

        ImportReport report = run(target, ALL_TRAINING, temporary.resolve("animals"));

        assertThat(report.count(Split.TRAINING)).isEqualTo(2);
        assertThat(report.remarks())
                .containsExactly("1 file of animals is of a kind that is not read (zip) and was passed over: if"
                        + " their pictures are not there already, unpack them, or give them as sources of their own.");
    }

    @Test
    void is_no_matter_where_it_is_twice_in_one() throws IOException {
        picture(temporary.resolve("animals/cat/1.png"), 1);
        picture(temporary.resolve("animals/cat/2.png"), 1);
        picture(temporary.resolve("animals/dog/3.png"), 2);

        assertThat(run(target, ALL_TRAINING, temporary.resolve("animals")).remarks())
                .isEmpty();
    }

    @Test
    void is_no_matter_where_there_are_no_classes() throws IOException {
        picture(temporary.resolve("a.png"), 1);
        picture(temporary.resolve("b.png"), 1);
        Path table = Files.writeString(temporary.resolve("ages.csv"), "file,age\na.png,3\nb.png,4\n");

        assertThat(run(target, ALL_TRAINING.withTruth(new Truth.Numbers()), table)
                        .remarks())
                .isEmpty();
    }
}
