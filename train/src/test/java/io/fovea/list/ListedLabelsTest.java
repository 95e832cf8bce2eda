package io.fovea.list;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Labels of a list that are numbers")
class ListedLabelsTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void pictures() throws IOException {
        target = temporary.resolve("store");
        for (int i = 0; i < 12; i++) picture(temporary.resolve(i + ".png"), i);
    }

    @Test
    void are_classes_in_the_order_of_the_numbers() throws IOException {
        StringBuilder lines = new StringBuilder("id,label\n");
        for (int i = 0; i < 12; i++) lines.append(i).append(".png,").append(i).append('\n');

        ImportReport report = run(target, ALL_TRAINING, list(lines.toString()));

        assertThat(report.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void make_no_classes_of_the_numbers_between() throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list("0.png 5\n1.png 900000000000\n"));

        assertThat(report.classNames()).containsExactly("5", "900000000000");
        assertThat(report.remarks())
                .containsExactly(
                        "The labels of list.txt are whole numbers from 5 to 900000000000, but 899999999994 of these"
                                + " have no picture there; only numbers with pictures are classes.");
    }

    @Test
    void may_begin_at_one() throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list("0.png 2\n1.png 1\n"));

        assertThat(report.classNames()).containsExactly("1", "2");
        assertThat(contents(target, Split.TRAINING)).containsExactly("2 list.txt/0.png 0", "1 list.txt/1.png 1");
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void may_be_below_zero_or_written_with_a_point() throws IOException {
        assertThat(run(target, ALL_TRAINING, list("0.png 1.0\n1.png -1.0\n")).classNames())
                .containsExactly("-1.0", "1.0");
    }

    @Test
    void are_refused_where_two_are_the_same_number() throws IOException {
        assertThat(problem(target, list("0.png 01\n1.png 1\n2.png 2\n")).what())
                .isEqualTo("The classes \"01\" and \"1\" are the same number.");
    }

    @Test
    void of_two_lists_are_joined_by_their_numbers() throws IOException {
        ImportReport report = run(
                target,
                ALL_TRAINING,
                Source.of(list("0.png 10\n1.png 9\n2.png 8\n")),
                Source.of(Files.writeString(temporary.resolve("val.csv"), "3.png,9\n4.png,10\n")));

        assertThat(report.classNames()).containsExactly("8", "9", "10");
        assertThat(contents(target, Split.VALIDATION)).containsExactly("9 val.csv/3.png 3", "10 val.csv/4.png 4");
    }

    @Test
    void have_names_whose_pictures_may_be_missing_which_is_said() throws IOException {
        ImportReport report = run(
                target,
                ALL_TRAINING,
                Source.of(list("0.png 0\n1.png 2\n")),
                Source.parse("classes=" + names("ant\nbee\ncow\n")));

        assertThat(report.classNames()).containsExactly("ant", "bee", "cow");
        assertThat(report.remarks()).containsExactly("1 of 3 classes have no picture: bee.");
    }

    @Test
    void of_classes_with_one_name_are_kept_apart_which_is_said() throws IOException {
        ImportReport report = run(
                target,
                ALL_TRAINING,
                Source.of(list("0.png 0\n1.png 2\n2.png 1\n")),
                Source.parse("classes=" + names("crane\nbee\ncrane\n")));

        assertThat(report.classNames()).containsExactly("crane (0)", "bee", "crane (2)");
        assertThat(report.remarks())
                .containsExactly("2 classes are named \"crane\": they are kept apart as \"crane (0)\", \"crane (2)\"");
    }

    @Test
    void that_count_from_one_do_not_fit_names_and_are_told_so() throws IOException {
        Problem problem = problem(
                target,
                ALL_TRAINING,
                Source.of(list("0.png 1\n1.png 2\n")),
                Source.parse("classes=" + names("ant\nbee\n")));

        assertThat(problem.what()).isEqualTo("Expected labels 0 … 1, found 2.");
        assertThat(problem.remedy()).startsWith("the labels count from 1, the class names from 0");
    }

    @Test
    void below_zero_have_no_name() throws IOException {
        assertThat(problem(
                                target,
                                ALL_TRAINING,
                                Source.of(list("0.png -1\n1.png 1\n")),
                                Source.parse("classes=" + names("ant\nbee\n")))
                        .what())
                .isEqualTo("Expected labels 0 … 1, found -1.");
    }

    private Path names(String text) throws IOException {
        return Files.writeString(temporary.resolve("names.txt"), text);
    }

    private Path list(String text) throws IOException {
        return Files.writeString(temporary.resolve("list.txt"), text);
    }
}
