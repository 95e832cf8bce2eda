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
import io.fovea.importer.ImportSettings;
import io.fovea.source.Source;
import io.fovea.source.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list here says that a.png is a cat and b.png a dog. */
@DisplayName("The columns of a list")
class ListColumnsTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void pictures() throws IOException {
        target = temporary.resolve("store");
        picture(temporary.resolve("a.png"), 1);
        picture(temporary.resolve("b.png"), 2);
        picture(temporary.resolve("masks/a.png"), 3);
        picture(temporary.resolve("masks/b.png"), 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.png,cat\nb.png,dog",
                "a.png;cat\nb.png;dog",
                "a.png|cat\nb.png|dog",
                "a.png\tcat\nb.png\tdog",
                "a.png cat\nb.png dog",
                "cat,a.png\ndog,b.png",
                "cat a.png\ndog b.png",
                "path,label\na.png,cat\nb.png,dog",
                "id,label\na.png,cat\nb.png,dog",
                "IMAGE,LABEL\na.png,cat\nb.png,dog",
                "Bild;Tier\na.png;cat\nb.png;dog",
                "breed,photo of it\ncat,a.png\ndog,b.png",
                "x y\na.png cat\nb.png dog",
                "image_id,label\na,cat\nb,dog",
                ",file,label\n0,a.png,cat\n1,b.png,dog",
                "\"a.png\",\"cat\"\n\"b.png\",\"dog\""
            })
    void are_found_by_what_is_in_them(String text) throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list(text));

        assertThat(report.classNames()).containsExactly("cat", "dog");
        assertThat(contents(target, Split.TRAINING))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("cat list.csv/a").endsWith(" 1"),
                        second ->
                                assertThat(second).startsWith("dog list.csv/b").endsWith(" 2"));
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void have_names_that_are_compared_alike_in_every_language() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR"));
        try {
            ImportReport report = run(target, ALL_TRAINING, list("IMAGE,ID,LABEL\na.png,3,cat\nb.png,4,dog"));

            assertThat(report.classNames()).containsExactly("cat", "dog");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void are_no_names_where_the_first_picture_is_missing() throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list("lost.png,cat\na.png,cat\nb.png,dog"));

        assertThat(report.broken()).hasSize(1);
        assertThat(report.count(Split.TRAINING)).isEqualTo(2);
    }

    @Test
    void are_no_names_where_the_first_picture_is_missing_and_has_no_extension() throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list("lost,cat\na,cat\nb,dog"));

        assertThat(report.broken()).extracting(BrokenPicture::source).containsExactly("list.csv/lost");
    }

    @Test
    void that_say_nothing_are_named() throws IOException {
        ImportReport report = run(target, ALL_TRAINING, list("file,width,label,by\na.png,2,cat,x\nb.png,2,dog,y"));

        assertThat(report.remarks()).containsExactly("Columns of list.csv passed over: width, by.");
    }

    @Test
    void state_the_part_where_one_names_nothing_but_parts() throws IOException {
        picture(temporary.resolve("c.png"), 5);

        run(target, ALL_TRAINING, list("file,data set,label\na.png,train,cat\nb.png,Train,dog\nc.png,test,dog"));

        assertThat(contents(target, Split.TRAINING)).containsExactly("cat list.csv/a.png 1", "dog list.csv/b.png 2");
        assertThat(contents(target, Split.TEST)).containsExactly("dog list.csv/c.png 5");
    }

    @Test
    void may_say_the_class_twice_by_its_number_and_its_name() throws IOException {
        Path list = list("file,class_index,class_name\na.png,7,cat\nb.png,0,dog");

        assertThat(run(target, ALL_TRAINING, list).classNames()).containsExactly("cat", "dog");
    }

    @Test
    void are_asked_for_where_number_and_name_contradict_each_other() throws IOException {
        picture(temporary.resolve("c.png"), 5);

        assertThat(problem(target, list("file,class_index,class_name\na.png,7,cat\nb.png,0,dog\nc.png,7,dog"))
                        .what())
                .isEqualTo("It is not clear which column states the class: 2 (\"class_index\"), 3 (\"class_name\").");
    }

    @Nested
    @DisplayName("that may be taken in two ways")
    class Ambiguous {

        @Test
        void are_asked_for_where_two_may_state_the_class() throws IOException {
            Path list = list("file,breed,owner\na.png,cat,x\nb.png,dog,y");

            assertThat(problem(target, list).threeLines())
                    .isEqualTo("It is not clear which column states the class: 2 (\"breed\"), 3 (\"owner\").\n  where: "
                            + list + ", line 1\n  do:    say it by name or number, for example --label-column 2;"
                            + " for numbers to be regressed, give --task regression");
        }

        @Test
        void are_asked_for_where_two_name_pictures() throws IOException {
            assertThat(problem(target, list("left,mask,label\na.png,masks/a.png,cat\nb.png,masks/b.png,dog"))
                            .what())
                    .isEqualTo("It is not clear which column names the pictures: 1 (\"left\"), 2 (\"mask\").");
        }

        @ParameterizedTest
        @ValueSource(strings = {"breed", "Breed", "2"})
        void are_taken_as_they_are_asked_for(String label) throws IOException {
            run(target, asking("file", label), list("file,breed,owner\na.png,cat,x\nb.png,dog,y"));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat list.csv/a.png 1", "dog list.csv/b.png 2");
        }

        @Test
        void may_be_asked_for_by_number_without_a_line_of_names() throws IOException {
            run(target, asking("2", "3"), list("a.png,masks/a.png,cat\nb.png,masks/b.png,dog"));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat list.csv/masks/a.png 3", "dog list.csv/masks/b.png 4");
        }

        @Test
        void are_suggested_where_the_one_asked_for_is_not_there() throws IOException {
            assertThat(problem(
                                    target,
                                    asking("file", "bred"),
                                    Source.of(list("file,breed,owner\na.png,cat,x\nb.png,dog,y")))
                            .threeLines())
                    .startsWith("There is no column \"bred\" for --label-column.")
                    .contains("did you mean \"breed\"?");
        }

        @Test
        void cannot_be_asked_for_where_there_is_no_list() throws IOException {
            picture(temporary.resolve("photos/cat/1.png"), 1);
            picture(temporary.resolve("photos/dog/1.png"), 2);

            assertThat(problem(target, asking("file", "label"), Source.of(temporary.resolve("photos")))
                            .what())
                    .isEqualTo("Columns are given, but no source is a list.");
        }
    }

    @Test
    void of_more_values_than_the_line_of_names_has_are_refused() throws IOException {
        assertThat(problem(target, list("path,label\na.png,cat\nb.png,dog, golden"))
                        .what())
                .isEqualTo("Expected a path and a label, found 3 values.");
    }

    private static ImportSettings asking(String path, String label) {
        return ALL_TRAINING.withReading(new SourceReading(Optional.empty(), Optional.of(path), Optional.of(label)));
    }

    private Path list(String text) throws IOException {
        return Files.writeString(temporary.resolve("list.csv"), text + "\n");
    }
}
