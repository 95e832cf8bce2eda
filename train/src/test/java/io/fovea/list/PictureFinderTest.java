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
import io.fovea.importer.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A path from another system or a shell")
class PictureFinderTest {

    @TempDir
    Path temporary;

    Path target;

    @BeforeEach
    void pictures() throws IOException {
        target = temporary.resolve("store");
        picture(temporary.resolve("photos/my cat.png"), 1);
        picture(temporary.resolve("photos/dog.PNG"), 2);
        picture(temporary.resolve("photos/50%25.png"), 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos/my cat.png",
                "photos\\my cat.png",
                ".\\photos\\my cat.png",
                "photos/my%20cat.png",
                "photos\\my%20cat.png",
                "'photos/my cat.png'",
                "`photos/my cat.png`",
                "Photos/My Cat.png",
                "PHOTOS/MY CAT.PNG",
                "photos/my cat",
                "photos\\MY CAT",
                "C:\\Users\\me\\photos\\my cat.png",
                "D:/data/photos/my cat.png",
                "/home/other/data/photos/my cat.png",
                "file:///C:/Users/me/photos/my%20cat.png",
                "file:///home/other/photos/my%20cat.png"
            })
    void leads_to_the_file_that_is_meant(String path) {
        PictureFinder finder = new PictureFinder(List.of(temporary), Optional.empty(), List.of(path));

        assertThat(finder.find(path)).isInstanceOfSatisfying(PictureFinder.Found.At.class, found -> assertThat(
                        found.file().normalize())
                .isEqualTo(temporary.resolve("photos/my cat.png")));
    }

    @Test
    void is_first_taken_as_it_is_written() {
        PictureFinder finder = new PictureFinder(List.of(temporary), Optional.empty(), List.of());

        assertThat(finder.find("photos/50%25.png"))
                .isInstanceOfSatisfying(PictureFinder.Found.At.class, found -> assertThat(found.corrections())
                        .isEmpty());
    }

    @Test
    void that_is_whole_may_be_an_address() {
        Path picture = temporary.resolve("photos/my cat.png");
        String address = picture.toUri().toString();

        assertThat(new PictureFinder(List.of(target), Optional.empty(), List.of(address)).find(address))
                .isInstanceOfSatisfying(PictureFinder.Found.At.class, found -> assertThat(found.file())
                        .isEqualTo(picture));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "photos\\cow.png|It is written with backslashes; there is no such file with slashes either.",
                "https://example.org/cow.png|It is an address of the network, not a file: download the picture and"
                        + " write its path.",
                "$DATA/cow.png|It holds a variable of a shell, which means nothing in a list.",
                "photos|The path is no file.",
                "photos/cow.png|Cannot read the file: there is no such file."
            })
    void says_why_it_leads_nowhere(String path, String reason) {
        assertThat(new PictureFinder(List.of(temporary), Optional.empty(), List.of(path)).find(path))
                .isEqualTo(new PictureFinder.Found.Nowhere(reason));
    }

    @Test
    void leads_nowhere_where_two_files_differ_from_it_in_case_alone() throws IOException {
        picture(temporary.resolve("photos/Dog.png"), 4);

        assertThat(new PictureFinder(List.of(temporary), Optional.empty(), List.of()).find("photos/dog.png"))
                .isInstanceOf(PictureFinder.Found.Nowhere.class);
    }

    @Test
    void keeps_the_folders_that_not_all_paths_begin_with() throws IOException {
        picture(temporary.resolve("1.png"), 5);
        List<String> paths = List.of("/data/a/1.png", "/data/b/1.png");

        assertThat(new PictureFinder(List.of(temporary), Optional.empty(), paths).find("/data/b/1.png"))
                .isInstanceOf(PictureFinder.Found.Nowhere.class);
    }

    @Nested
    @DisplayName("in a list or table")
    class Listed {

        @Test
        void is_read_with_a_remark() throws IOException {
            ImportReport report =
                    run(target, ALL_TRAINING, list("path,label\r\nphotos\\my cat.png,cat\r\nphotos\\dog.PNG,dog"));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat list.csv/photos\\my cat.png 1", "dog list.csv/photos\\dog.PNG 2");
            assertThat(report.remarks())
                    .containsExactly("Paths of list.csv with backslashes: 2, such as \"photos\\my cat.png\", found as "
                            + temporary.resolve("photos/my cat.png") + ".");
        }

        @Test
        void is_read_with_a_remark_where_numbers_are_stated() throws IOException {
            ImportReport report = run(
                    target,
                    ALL_TRAINING.withTruth(new Truth.Numbers()),
                    list("age,file\n3,photos\\my cat.png\n4,photos\\dog.PNG"));

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.targets()).hasSize(1);
            assertThat(report.remarks())
                    .anySatisfy(remark -> assertThat(remark).startsWith("Paths of list.csv with backslashes: 2"));
        }

        @Test
        void refuses_the_list_where_no_picture_is_there() throws IOException {
            Path list = list("path,label\nD:\\set\\cow.png,cat\nD:\\set\\hen.png,dog");

            assertThat(problem(target, list).threeLines())
                    .isEqualTo(
                            "None of the 2 pictures that the list names is there. The first: \"D:\\set\\cow.png\" – It"
                                    + " is a path of Windows, and " + temporary
                                    + " has no file that it could mean.\n  where: " + list
                                    + "\n"
                                    + "  do:    write the paths as they are on this machine, with slashes, starting"
                                    + " from "
                                    + temporary + "; or say where they start: pictures=FOLDER");
        }

        @Test
        void is_left_out_where_another_means_the_same_file() throws IOException {
            ImportReport report =
                    run(target, ALL_TRAINING, list("photos/My Cat.png,cat\nphotos/MY CAT.png,cat\nphotos/dog.PNG,dog"));

            assertThat(report.broken())
                    .containsExactly(new BrokenPicture(
                            "list.csv/photos/MY CAT.png",
                            "It could only mean " + temporary.resolve("photos/my cat.png")
                                    + ", which is meant by \"photos/My Cat.png\" already."));
        }
    }

    private Path list(String text) throws IOException {
        return Files.writeString(temporary.resolve("list.csv"), text + "\n");
    }
}
