package io.fovea.source;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.contents;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Split;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSteps;
import io.fovea.importer.SplitSettings;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Importing folders")
class FolderImporterTest {

    @TempDir
    Path temporary;

    Path root;
    Path target;

    @BeforeEach
    void folders() {
        root = temporary.resolve("animals");
        target = temporary.resolve("store");
    }

    @Nested
    @DisplayName("one for each class")
    class Classes {

        @Test
        void takes_folder_names_as_classes_in_the_order_of_their_letters() throws IOException {
            picture(root.resolve("dog/1.png"), 10);
            picture(root.resolve("Zebra/1.png"), 20);
            picture(root.resolve("cat/2.png"), 40);
            picture(root.resolve("cat/1.png"), 30);

            assertThat(run(target, ALL_TRAINING, root).classNames()).containsExactly("Zebra", "cat", "dog");
            assertThat(contents(target, Split.TRAINING))
                    .containsExactly(
                            "Zebra animals/Zebra/1.png 20",
                            "cat animals/cat/1.png 30",
                            "cat animals/cat/2.png 40",
                            "dog animals/dog/1.png 10");
        }

        @Test
        void counts_pictures_of_nested_folders_to_the_class_above_them() throws IOException {
            picture(root.resolve("cat/indoor/night/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);

            run(target, ALL_TRAINING, root);

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat animals/cat/indoor/night/1.png 1", "dog animals/dog/1.png 2");
        }

        @Test
        void does_not_see_hidden_files_and_those_of_operating_systems() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            picture(root.resolve("cat/.2.png"), 3);
            picture(root.resolve(".git/4.png"), 4);
            Files.writeString(root.resolve("cat/.DS_Store"), "x");
            Files.writeString(root.resolve("cat/Thumbs.db"), "x");

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.classNames()).containsExactly("cat", "dog");
            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.remarks()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "@eaDir",
                    "#recycle",
                    "#snapshot",
                    "$RECYCLE.BIN",
                    "System Volume Information",
                    "lost+found",
                    "__MACOSX",
                    "@Recycle",
                    "@Recently-Snapshot",
                    ".@__thumb",
                    ".Trash-1000",
                    ".thumbnails",
                    ".ipynb_checkpoints",
                    "Network Trash Folder",
                    "Temporary Items",
                    ".AppleDouble",
                    "RECYCLER",
                    "@GMT-2026.11.28-10.00.00",
                    "found.000",
                    "~snapshot",
                    "Lost+Found",
                    "THUMBS.DB",
                    "@EADIR"
                })
        void does_not_see_what_systems_and_storage_boxes_put_beside_them(String unseen) throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            picture(root.resolve(unseen + "/3.png"), 3);
            picture(root.resolve(unseen + "/cow/4.png"), 4);
            picture(root.resolve("cat/" + unseen + "/5.png/SYNOFILE_THUMB_M.jpg"), 5);
            picture(root.resolve("dog/deep/" + unseen + "/6.png"), 6);

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.classNames()).containsExactly("cat", "dog");
            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.remarks()).isEmpty();
        }

        @Test
        void follows_links_but_not_around_a_loop() throws IOException {
            picture(temporary.resolve("elsewhere/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.createSymbolicLink(root.resolve("cat"), temporary.resolve("elsewhere"));
            Files.createSymbolicLink(root.resolve("dog/again"), root);

            run(target, ALL_TRAINING, root);

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat animals/cat/1.png 1", "dog animals/dog/1.png 2");
        }

        @Test
        void says_how_many_files_are_no_pictures_or_lie_outside() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            picture(root.resolve("3.png"), 3);
            Files.writeString(root.resolve("cat/notes.txt"), "x");

            assertThat(run(target, ALL_TRAINING, root).remarks())
                    .containsExactly(
                            "1 file of animals is no picture by its name (.txt) and was passed over.",
                            "1 picture of animals lies outside any class folder and was passed over:"
                                    + " put them into the folder of their class.");
        }
    }

    @Nested
    @DisplayName("train, val and test")
    class Parts {

        @Test
        void become_the_splits_and_leave_the_percentages_unused() throws IOException {
            for (int i = 0; i < 4; i++) {
                picture(root.resolve("train/cat/" + i + ".png"), i);
                picture(root.resolve("train/dog/" + i + ".png"), i);
            }
            picture(root.resolve("validation/cat/a.png"), 50);
            picture(root.resolve("Test/dog/b.png"), 60);

            ImportReport report = run(target, ALL_TRAINING.withSplits(new SplitSettings(25, 25)), root);

            assertThat(report.statistics().countsPerClass().get(Split.TRAINING)).containsExactly(4, 4);
            assertThat(contents(target, Split.VALIDATION)).containsExactly("cat animals/validation/cat/a.png 50");
            assertThat(contents(target, Split.TEST)).containsExactly("dog animals/Test/dog/b.png 60");
        }

        @Test
        void may_be_said_by_the_names_of_several_sources() throws IOException {
            picture(root.resolve("train/cat/1.png"), 1);
            picture(root.resolve("train/dog/1.png"), 2);
            picture(root.resolve("valid/dog/1.png"), 3);

            run(target, ALL_TRAINING, Source.of(root.resolve("train")), Source.of(root.resolve("valid")));

            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat train/cat/1.png 1", "dog train/dog/1.png 2");
            assertThat(contents(target, Split.VALIDATION)).containsExactly("dog valid/dog/1.png 3");
        }

        @Test
        void may_be_said_by_the_folders_in_which_sources_lie() throws IOException {
            picture(root.resolve("train/images/cat/1.png"), 1);
            picture(root.resolve("train/images/dog/1.png"), 2);
            picture(root.resolve("valid/images/dog/1.png"), 3);

            run(target, ALL_TRAINING, Source.of(root.resolve("train/images")), Source.of(root.resolve("valid/images")));

            assertThat(contents(target, Split.VALIDATION)).containsExactly("dog images/dog/1.png 3");
        }

        @Test
        void are_not_said_by_the_name_of_an_only_source() throws IOException {
            Path test = temporary.resolve("test");
            picture(test.resolve("cat/1.png"), 1);
            picture(test.resolve("dog/1.png"), 2);

            ImportReport report = run(target, ALL_TRAINING, test);

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.remarks())
                    .containsExactly("The name of the only source, test, does not make its pictures a part: give test="
                            + test + " if all of them are one.");
        }

        @Test
        void have_validation_split_off_where_only_a_test_folder_is_given() throws IOException {
            for (int i = 0; i < 4; i++) {
                picture(root.resolve("train/cat/" + i + ".png"), i);
                picture(root.resolve("train/dog/" + i + ".png"), i);
            }
            picture(root.resolve("test/dog/b.png"), 60);

            ImportReport report = run(target, ALL_TRAINING.withSplits(new SplitSettings(25, 50)), root);

            assertThat(report.statistics().countsPerClass().get(Split.TRAINING)).containsExactly(3, 3);
            assertThat(report.statistics().countsPerClass().get(Split.VALIDATION))
                    .containsExactly(1, 1);
            assertThat(report.statistics().countsPerClass().get(Split.TEST)).containsExactly(0, 1);
        }

        @Test
        void are_classes_like_others_where_most_folders_are_not_parts() throws IOException {
            picture(root.resolve("bus/1.png"), 1);
            picture(root.resolve("train/1.png"), 2);

            assertThat(run(target, ALL_TRAINING, root).classNames()).containsExactly("bus", "train");
        }

        @Test
        void may_come_as_several_sources_with_roles() throws IOException {
            picture(temporary.resolve("a/cat/1.png"), 1);
            picture(temporary.resolve("a/dog/1.png"), 2);
            picture(temporary.resolve("b/dog/1.png"), 3);

            run(
                    target,
                    ALL_TRAINING,
                    Source.parse("train=" + temporary.resolve("a")),
                    Source.parse("test=" + temporary.resolve("b")));

            assertThat(contents(target, Split.TRAINING)).containsExactly("cat a/cat/1.png 1", "dog a/dog/1.png 2");
            assertThat(contents(target, Split.TEST)).containsExactly("dog b/dog/1.png 3");
        }

        @Test
        void are_searched_for_pictures_that_they_share() throws IOException {
            picture(root.resolve("train/cat/1.png"), 1);
            picture(root.resolve("train/dog/2.png"), 2);
            picture(root.resolve("val/dog/3.png"), 2);
            picture(root.resolve("test/dog/4.png"), 2);
            picture(root.resolve("test/cat/5.png"), 5);

            assertThat(run(target, ALL_TRAINING, root).remarks())
                    .containsExactly(
                            "1 picture of the validation part is also in the training part, pixel for pixel.",
                            "1 picture of the test part is also in the training part, pixel for pixel.",
                            "1 picture of the test part is also in the validation part, pixel for pixel.");
        }

        @Test
        void refuse_a_class_that_has_no_training_pictures() throws IOException {
            picture(root.resolve("train/cat/1.png"), 1);
            picture(root.resolve("train/dog/1.png"), 1);
            picture(root.resolve("val/dogs/1.png"), 1);

            assertThat(problem(target, root).threeLines()).isEqualTo("""
                The class "dogs" has pictures for validation or test, but none for training.
                  where: %s
                  do:    did you mean "dog"?\
                """.formatted(root));
        }
    }

    @Nested
    @DisplayName("that are no dataset")
    class Refused {

        @Test
        void says_that_a_folder_is_empty() throws IOException {
            Files.createDirectories(root);

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected pictures of at least two classes, found none.");
            assertThat(target).doesNotExist();
        }

        @Test
        void says_which_files_are_of_a_kind_that_is_not_read() throws IOException {
            for (String name : List.of("cat/1.HEIC", "cat/2.heic", "dog/1.heic", "dog/2.avif", "dog/clip.mp4")) {
                Files.createDirectories(root.resolve(name).getParent());
                Files.writeString(root.resolve(name), "x");
            }

            assertThat(problem(target, root).threeLines()).isEqualTo("""
                Expected pictures of at least two classes, found none. 4 files of animals are of a kind that is not read (1 AVIF, 3 HEIC) and were passed over. 1 file of animals is of a kind that is not read (MP4) and was passed over.
                  where: %s
                  do:    save them as JPEG or PNG; or give every class a folder of its own (SOURCE/<class>/picture.jpg), with enough pictures in it\
                """.formatted(root));
        }

        @Test
        void says_that_a_folder_has_no_picture_that_is_read_where_others_have() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.createDirectories(root.resolve("cow"));
            Files.writeString(root.resolve("cow/1.heic"), "x");

            assertThat(run(target, ALL_TRAINING, root).remarks())
                    .containsExactly(
                            "1 file of animals is of a kind that is not read (HEIC) and was passed over: save them as"
                                    + " JPEG or PNG.",
                            "No picture that is read lies in cow of animals, which is therefore no class.");
        }

        @Test
        void says_that_pictures_lie_outside_any_class() throws IOException {
            picture(root.resolve("1.png"), 1);
            picture(root.resolve("2.png"), 2);

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected pictures of at least two classes, found none. 2 pictures of animals lie"
                            + " outside any class folder and were passed over.");
        }

        @Test
        void says_that_classes_have_too_few_pictures() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("cat/2.png"), 1);
            picture(root.resolve("dog/1.png"), 1);

            Problem problem = problem(target, ALL_TRAINING.withMinimumPerClass(2), Source.of(root));

            assertThat(problem.what())
                    .isEqualTo("Expected pictures of at least two classes, found only \"cat\"."
                            + " Class \"dog\" has 1 of at least 2 pictures and was left out.");
            assertThat(problem.remedy()).startsWith("give fewer pictures as the minimum (--min-per-class)");
        }

        @Test
        void says_that_there_is_one_class() throws IOException {
            picture(root.resolve("cat/1.png"), 1);

            assertThat(problem(target, root).what())
                    .isEqualTo("Expected pictures of at least two classes, found only \"cat\".");
        }

        @Test
        void says_that_two_classes_differ_only_in_case() throws IOException {
            picture(root.resolve("Cat/1.png"), 1);
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 1);

            assertThat(problem(target, root).what())
                    .isEqualTo("The classes \"Cat\" and \"cat\" differ only in upper and lower case.");
        }

        @Test
        void says_that_there_is_no_such_folder() {
            assertThat(problem(target, root).threeLines())
                    .isEqualTo("There is no such file or folder.\n  where: " + root + "\n  do:    check the path");
        }
    }

    @Nested
    @DisplayName("in which a list lies")
    class Lists {

        @Test
        void says_how_to_use_it_instead_of_the_folders() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.writeString(root.resolve("labels.csv"), "path,label\ncat/1.png,tom\ndog/1.png,rex\n");

            assertThat(run(target, ALL_TRAINING, root).remarks())
                    .containsExactly("labels.csv lies in animals and lists pictures, but was not used: to use a list,"
                            + " give it as the source: " + root.resolve("labels.csv") + ".");
        }

        @Test
        void refuses_pictures_whose_classes_are_in_it_and_says_what_to_give() throws IOException {
            picture(root.resolve("images/1.png"), 1);
            picture(root.resolve("images/2.png"), 2);
            Files.writeString(root.resolve("train.csv"), "path,label\n1.png,tom\n2.png,rex\n");

            assertThat(problem(target, root).threeLines())
                    .isEqualTo("""
                        Expected pictures of at least two classes, found only "images". train.csv lies in animals and lists pictures, but was not used.
                          where: %s
                          do:    to use a list, give it as the source: %s pictures=%s; or give every class a folder of its own (SOURCE/<class>/picture.jpg), with enough pictures in it\
                        """.formatted(root, root.resolve("train.csv"), root.resolve("images")));
        }

        @Test
        void does_as_it_said() throws IOException {
            picture(root.resolve("images/1.png"), 1);
            picture(root.resolve("images/2.png"), 2);
            Path list = Files.writeString(root.resolve("train.csv"), "path,label\n1.png,tom\n2.png,rex\n");

            ImportReport report =
                    run(target, ALL_TRAINING, Source.of(list), Source.parse("pictures=" + root.resolve("images")));

            assertThat(report.classNames()).containsExactly("rex", "tom");
        }

        @Test
        void does_not_take_notes_and_class_names_for_one() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.writeString(root.resolve("classes.txt"), "cat\ndog\n");
            Files.writeString(root.resolve("README.txt"), "Pictures of pets, taken in May.\n");

            assertThat(run(target, ALL_TRAINING, root).remarks())
                    .containsExactly("2 files of animals are no pictures by their names (.txt) and were passed over.");
        }
    }

    @Nested
    @DisplayName("with broken pictures")
    class Broken {

        @Test
        void names_them_and_brings_the_others() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.writeString(root.resolve("cat/text.jpg"), "Dear diary");
            Files.createSymbolicLink(root.resolve("dog/lost.png"), root.resolve("nowhere.png"));

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.count(Split.TRAINING)).isEqualTo(2);
            assertThat(report.broken())
                    .extracting(BrokenPicture::source)
                    .containsExactly("animals/cat/text.jpg", "animals/dog/lost.png");
            assertThat(report.broken().get(1).reason()).isEqualTo("Cannot read the file: there is no such file.");
        }

        @Test
        void leaves_a_class_out_that_has_too_few_readable_ones() throws IOException {
            picture(root.resolve("cat/1.png"), 1);
            picture(root.resolve("dog/1.png"), 2);
            Files.writeString(root.resolve("cow.jpg"), "");
            Files.createDirectories(root.resolve("ant"));
            Files.writeString(root.resolve("ant/text.jpg"), "Dear diary");

            ImportReport report = run(target, ALL_TRAINING, root);

            assertThat(report.classNames()).containsExactly("cat", "dog");
            assertThat(report.remarks()).contains("Class \"ant\" has fewer than 1 readable pictures and was left out.");
            assertThat(report.broken()).extracting(BrokenPicture::source).containsExactly("animals/ant/text.jpg");
            assertThat(contents(target, Split.TRAINING))
                    .containsExactly("cat animals/cat/1.png 1", "dog animals/dog/1.png 2");
        }

        @Test
        void gives_up_where_nothing_is_left() throws IOException {
            Files.createDirectories(root.resolve("cat"));
            Files.createDirectories(root.resolve("dog"));
            Files.writeString(root.resolve("cat/1.jpg"), "Dear diary");
            Files.writeString(root.resolve("dog/1.jpg"), "Dear diary");

            assertThat(problem(target, root).what())
                    .startsWith("2 pictures could not be read, and too few classes are left. The first:"
                            + " animals/cat/1.jpg");
            assertThat(ImportSteps.names(temporary)).isEqualTo(List.of("animals"));
        }
    }
}
