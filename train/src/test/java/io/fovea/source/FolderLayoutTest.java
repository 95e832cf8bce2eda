package io.fovea.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The layout of folders")
class FolderLayoutTest {

    @Nested
    @DisplayName("in which folders are parts")
    class Parts {

        @ParameterizedTest
        @CsvSource({
            "train, valid, test", // Roboflow, fastai
            "train, val, test", // ImageNet, Ultralytics
            "training, validation, testing",
            "Train, Valid, Test",
            "TRAIN, DEV, HOLDOUT",
            "training_set, val_set, test_set",
            "Training Data, Validation Data, Test Data",
            "train_images, valid_images, test_images",
            "trn, val, tst",
            "data_train, data_val, data_test",
            "asl_alphabet_train, asl_alphabet_valid, asl_alphabet_test",
            "Final_Training, Final_Validation, Final_Test",
        })
        void takes_the_folders_in_them_for_classes(String train, String validation, String test) {
            assertThat(placed(
                            train + "/cat/1.png", train + "/dog/1.png", validation + "/cat/1.png", test + "/dog/1.png"))
                    .containsExactly("TRAINING cat", "TRAINING dog", "VALIDATION cat", "TEST dog");
        }

        @Test
        void looks_through_single_folders_around_and_in_them() {
            assertThat(placed(
                            "data/seg_train/seg_train/sea/1.jpg",
                            "data/seg_train/seg_train/street/1.jpg",
                            "data/seg_test/seg_test/sea/1.jpg"))
                    .containsExactly("TRAINING sea", "TRAINING street", "TEST sea");
            assertThat(placed("images/train/cat/1.png", "images/train/dog/1.png", "images/val/cat/1.png"))
                    .containsExactly("TRAINING cat", "TRAINING dog", "VALIDATION cat");
            assertThat(placed("train/images/cat/1.png", "train/images/dog/1.png", "test/images/cat/1.png"))
                    .containsExactly("TRAINING cat", "TRAINING dog", "TEST cat");
        }

        @Test
        void does_not_look_through_the_only_class_of_a_part() {
            assertThat(placed("train/cat/1.png", "train/dog/1.png", "test/dog/indoor/1.png"))
                    .containsExactly("TRAINING cat", "TRAINING dog", "TEST dog");
        }

        @Test
        void counts_what_lies_below_a_class_to_it() {
            assertThat(placed("train/n01/images/1.jpg", "train/n02/images/1.jpg", "val/n01/images/1.jpg"))
                    .containsExactly("TRAINING n01", "TRAINING n02", "VALIDATION n01");
        }

        @ParameterizedTest
        @ValueSource(strings = {"test/7.png", "test/test/7.png", "test/images/7.png", "test/unknown/7.png"})
        void passes_over_a_part_without_classes_and_says_so(String unlabelled) {
            FolderLayout layout = layout("train/cat/1.png", "train/dog/1.png", unlabelled);

            assertThat(layout.place(PictureFolder.above(unlabelled))).isEmpty();
            assertThat(layout.passedOver())
                    .extracting(PassedOver::what)
                    .containsExactly("1 picture of pets/test lies in no class folder and was passed over");
        }

        @Test
        void names_the_folders_beside_them() {
            assertThat(layout("train/cat/1.png", "train/dog/1.png", "test/cat/1.png", "extra/1.png", "extra/cow/2.png")
                            .passedOver())
                    .extracting(PassedOver::what)
                    .containsExactly("2 pictures of pets lie beside the parts, in \"extra\" and were passed over");
        }

        @Test
        void says_which_folders_were_taken_for_parts_by_more_than_their_whole_name() {
            assertThat(layout("seg_train/cat/1.png", "seg_train/dog/1.png", "seg_test/cat/1.png")
                            .passedOver())
                    .extracting(PassedOver::what)
                    .containsExactly("The folders \"seg_test\", \"seg_train\" were taken for parts");
        }

        @Test
        void finds_parts_in_folders_of_classes() {
            FolderLayout layout = layout("cat/train/1.png", "cat/test/1.png", "dog/train/1.png", "dog/test/1.png");

            assertThat(layout.place("cat/test")).contains(new FolderLayout.Place(Split.TEST, "cat"));
            assertThat(layout.place("dog/train")).contains(new FolderLayout.Place(Split.TRAINING, "dog"));
            assertThat(layout.passedOver())
                    .extracting(PassedOver::what)
                    .containsExactly(
                            "The folders of pets are classes, and those in them are parts, \"test\", \"train\"");
        }
    }

    @Nested
    @DisplayName("in which folders are classes")
    class Classes {

        @Test
        void keeps_classes_that_are_called_like_parts() {
            assertThat(placed("bus/1.png", "train/1.png")).containsExactly("TRAINING bus", "TRAINING train");
            assertThat(placed("valid/1.png", "invalid/1.png")).containsExactly("TRAINING valid", "TRAINING invalid");
            assertThat(placed("freight_train/1.png", "test_tube/1.png", "steam_train/1.png"))
                    .containsExactly("TRAINING freight_train", "TRAINING test_tube", "TRAINING steam_train");
        }

        @Test
        void looks_through_a_single_folder_around_them_and_says_so() {
            FolderLayout layout = layout("animals-1.0/cat/1.png", "animals-1.0/dog/1.png");

            assertThat(layout.place("animals-1.0/dog")).contains(new FolderLayout.Place(Split.TRAINING, "dog"));
            assertThat(layout.passedOver())
                    .extracting(PassedOver::what)
                    .containsExactly("The classes of pets are the folders in \"animals-1.0\"");
        }

        @Test
        void gives_them_the_part_of_the_source() {
            Source source = Source.of(Path.of("pets"));
            FolderLayout layout = FolderLayout.of(PictureFolder.of(List.of("cat/1.png")), source, Split.TEST);

            assertThat(layout.place("cat")).contains(new FolderLayout.Place(Split.TEST, "cat"));
        }
    }

    @Nested
    @DisplayName("that is not clear")
    class Unclear {

        @Test
        void asks_what_folders_are_whose_folders_are_called_alike() {
            assertThat(problem("a/cat/1.png", "a/dog/1.png", "b/cat/1.png", "b/dog/1.png")
                            .threeLines())
                    .isEqualTo("""
                        The folders "a", "b" have folders of the same names, "cat", "dog": it is not clear whether they are classes, or parts whose names are not known.
                          where: pets
                          do:    if they are parts, say what each is for: train=pets/a val=pets/b; if they are classes, give train=pets\
                        """);
        }

        @Test
        void asks_also_where_a_folder_lacks_some_of_them() {
            assertThat(problem("color/cat/1.png", "color/dog/1.png", "color/cow/1.png", "grey/cow/1.png")
                            .what())
                    .startsWith("The folders \"color\", \"grey\" have folders of the same names");
        }

        @Test
        void asks_nothing_where_the_role_answers() {
            Source source = Source.of(Path.of("pets"), SourceRole.TRAINING);
            List<String> paths = List.of("a/cat/1.png", "a/dog/1.png", "b/cat/1.png", "b/dog/1.png");

            assertThat(FolderLayout.of(PictureFolder.of(paths), source, Split.TRAINING)
                            .place("b/cat"))
                    .contains(new FolderLayout.Place(Split.TRAINING, "b"));
        }

        @Test
        void asks_nothing_where_every_class_keeps_its_pictures_in_a_folder_of_one_name() {
            assertThat(placed("n01/images/1.jpg", "n02/images/1.jpg")).containsExactly("TRAINING n01", "TRAINING n02");
        }

        @Test
        void refuses_names_that_say_class_and_part_together() {
            assertThat(problem("trainA/1.png", "trainB/1.png", "testA/1.png", "testB/1.png")
                            .what())
                    .isEqualTo("The folders \"testA\", \"testB\", \"trainA\", … name parts of several sets: \"a\","
                            + " \"b\".");
        }

        @Test
        void refuses_a_role_for_several_parts() {
            Source source = Source.of(Path.of("pets"), SourceRole.TEST);
            PictureFolder root = PictureFolder.of(List.of("train/cat/1.png", "valid/cat/1.png"));

            assertThat(catchThrowableOfType(Problem.class, () -> FolderLayout.of(root, source, Split.TRAINING))
                            .what())
                    .isEqualTo("The source is given for test, but has the parts train, valid.");
        }
    }

    private static FolderLayout layout(String... paths) {
        return FolderLayout.of(PictureFolder.of(List.of(paths)), Source.of(Path.of("pets")), Split.TRAINING);
    }

    /** Returns "part class" for every path, or "nothing". */
    private static List<String> placed(String... paths) {
        FolderLayout layout = layout(paths);
        return Arrays.stream(paths)
                .map(path -> layout.place(PictureFolder.above(path))
                        .map(place -> place.part() + " " + place.className())
                        .orElse("nothing"))
                .toList();
    }

    private static Problem problem(String... paths) {
        return catchThrowableOfType(Problem.class, () -> layout(paths));
    }
}
