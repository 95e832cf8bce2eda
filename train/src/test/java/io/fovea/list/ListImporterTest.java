package io.fovea.list;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Importing a list of paths and labels")
class ListImporterTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void pictures() throws IOException {
        target = temporary.resolve("store");
        picture(temporary.resolve("a.png"), 1);
        picture(temporary.resolve("sub/b c.png"), 2);
        picture(temporary.resolve("d,e.png"), 3);
    }

    @Test
    void reads_lines_of_path_space_label() throws IOException {
        run(target, ALL_TRAINING, list("list.txt", "a.png cat\nsub/b c.png dog\n\n"));

        assertThat(contents(target, Split.TRAINING))
                .containsExactly("cat list.txt/a.png 1", "dog list.txt/sub/b c.png 2");
    }

    @Test
    void reads_comma_separated_lines_with_quotes_and_windows_line_ends() throws IOException {
        run(target, ALL_TRAINING, list("list.csv", "\uFEFFa.png,cat\r\n\"d,e.png\",\"a \"\"big\"\" dog\"\r\n"));

        assertThat(contents(target, Split.TRAINING))
                .containsExactly("cat list.csv/a.png 1", "a \"big\" dog list.csv/d,e.png 3");
    }

    @Test
    void finds_its_columns_by_the_names_in_the_first_line() throws IOException {
        run(target, ALL_TRAINING, list("list.csv", "width,Label,height,File\n2,cat,2,a.png\n2,dog,2,sub/b c.png\n"));

        assertThat(contents(target, Split.TRAINING))
                .containsExactly("cat list.csv/a.png 1", "dog list.csv/sub/b c.png 2");
    }

    @Test
    void names_numbered_labels_by_a_file_of_class_names() throws IOException {
        Path names = Files.writeString(temporary.resolve("names.txt"), "zebra\nant\n");

        ImportReport report = run(
                target,
                ALL_TRAINING,
                Source.of(list("list.txt", "a.png 1\nsub/b c.png 0\n")),
                Source.parse("classes=" + names));

        assertThat(report.classNames()).containsExactly("zebra", "ant");
        assertThat(contents(target, Split.TRAINING))
                .containsExactly("ant list.txt/a.png 1", "zebra list.txt/sub/b c.png 2");
    }

    @Test
    void takes_the_split_from_the_name_of_the_list() throws IOException {
        run(
                target,
                ALL_TRAINING,
                Source.of(list("train.csv", "a.png,cat\nsub/b c.png,dog\n")),
                Source.of(list("val.csv", "\"d,e.png\",dog\n")));

        assertThat(contents(target, Split.VALIDATION)).containsExactly("dog val.csv/d,e.png 3");
    }

    @ParameterizedTest
    @CsvSource({"train.csv, valid.csv", "Training.txt, DEV.txt", "pets_train.tsv, pets_validation.tsv"})
    void takes_it_in_whatever_words(String training, String validation) throws IOException {
        run(
                target,
                ALL_TRAINING,
                Source.of(list(training, "a.png\tcat\nsub/b c.png\tdog\n")),
                Source.of(list(validation, "d,e.png\tdog\n")));

        assertThat(contents(target, Split.TRAINING)).hasSize(2);
        assertThat(contents(target, Split.VALIDATION)).containsExactly("dog " + validation + "/d,e.png 3");
    }

    @Test
    void takes_it_from_the_folders_of_the_paths_and_says_so() throws IOException {
        picture(temporary.resolve("photos/Training/cat/1.png"), 4);
        picture(temporary.resolve("photos/Training/dog/2.png"), 5);
        picture(temporary.resolve("photos/valid/cat/3.png"), 6);

        ImportReport report = run(
                target,
                ALL_TRAINING,
                list(
                        "labels.csv",
                        "photos/Training/cat/1.png,cat\nphotos/Training/dog/2.png,dog\nphotos/valid/cat/3.png,cat\n"));

        assertThat(contents(target, Split.VALIDATION)).containsExactly("cat labels.csv/photos/valid/cat/3.png 6");
        assertThat(report.remarks())
                .containsExactly("The parts of labels.csv are those that the folders of its paths name.");
    }

    @Test
    void counts_missing_files_as_broken() throws IOException {
        ImportReport report =
                run(target, ALL_TRAINING, list("list.txt", "a.png cat\nsub/b c.png dog\nlost.png dog\nsub dog\n"));

        assertThat(report.count(Split.TRAINING)).isEqualTo(2);
        assertThat(report.broken())
                .containsExactly(
                        new BrokenPicture("list.txt/lost.png", "Cannot read the file: there is no such file."),
                        new BrokenPicture("list.txt/sub", "The path is no file."));
    }

    @Test
    void starts_its_paths_from_a_given_folder() throws IOException {
        picture(temporary.resolve("photos/a.png"), 9);
        picture(temporary.resolve("photos/b.png"), 8);

        run(
                target,
                ALL_TRAINING,
                Source.of(list("list.txt", "a.png cat\nb.png dog\n")),
                Source.parse("pictures=" + temporary.resolve("photos")));

        assertThat(contents(target, Split.TRAINING)).containsExactly("cat list.txt/a.png 9", "dog list.txt/b.png 8");
    }

    @Test
    void names_the_line_without_a_label() throws IOException {
        assertThat(problem(target, list("list.csv", "a.png,cat\nd.png\n")).threeLines())
                .isEqualTo("Expected a path and a label, found 1 value.\n  where: " + temporary.resolve("list.csv")
                        + ", line 2\n  do:    write \"path,label\" or \"path label\" on every line, "
                        + "or name the columns \"path\" and \"label\" in the first line; "
                        + "for numbers to be regressed, give --task regression");
    }

    @Test
    void names_the_line_whose_number_has_no_class_name() throws IOException {
        Path names = Files.writeString(temporary.resolve("names.txt"), "zebra\nant\n");

        assertThat(problem(
                                target,
                                ALL_TRAINING,
                                Source.of(list("list.txt", "a.png 1\nsub/b c.png 2\n")),
                                Source.parse("classes=" + names))
                        .what())
                .isEqualTo("Expected labels 0 … 1, found 2.");
    }

    @Test
    void suggests_the_class_name_that_was_meant() throws IOException {
        Path names = Files.writeString(temporary.resolve("names.txt"), "zebra\nant\n");

        assertThat(problem(
                                target,
                                ALL_TRAINING,
                                Source.of(list("list.txt", "a.png ant\nsub/b c.png zebr\n")),
                                Source.parse("classes=" + names))
                        .remedy())
                .isEqualTo("did you mean \"zebra\"?");
    }

    @Test
    void says_that_a_file_of_another_kind_is_not_understood() throws IOException {
        assertThat(problem(target, Files.write(temporary.resolve("list.dat"), new byte[] {1, 0, 2, 3}))
                        .what())
                .isEqualTo("It is not clear what this file is.");
    }

    private Path list(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text);
    }
}
