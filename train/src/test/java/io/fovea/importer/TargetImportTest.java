package io.fovea.importer;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static io.fovea.importer.ImportSteps.TINY;
import static io.fovea.importer.ImportSteps.picture;
import static io.fovea.importer.ImportSteps.problem;
import static io.fovea.importer.ImportSteps.run;
import static io.fovea.importer.ImportSteps.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.TargetStatistics;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.source.GivenValidation;
import io.fovea.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Importing pictures with targets")
class TargetImportTest {

    /** Pictures of 10 rows and 20 columns become 5 rows and 10 columns. */
    private static final ImportSettings HALF =
            settings(new Preparation(5, 10, ColorMode.GREY, ResizeMode.SQUASH), List.of(), TargetUnit.AUTO);

    @TempDir
    Path temporary;

    private Path target;
    private Path photos;

    @BeforeEach
    void names() {
        target = temporary.resolve("store");
        photos = temporary.resolve("photos");
    }

    @Nested
    @DisplayName("whose names state a point")
    class Names {

        @Test
        void takes_places_to_pixels_of_the_prepared_picture() throws IOException {
            picture(photos.resolve("xy_4_6_a.png"), 10, 20);
            picture(photos.resolve("xy_012_003_b0-c.png"), 10, 20);
            picture(photos.resolve("xy_7.5_1.png"), 10, 20);

            ImportReport report = run(target, HALF, photos);

            assertThat(report.targets()).containsExactly(Target.place("x", Axis.X, 10), Target.place("y", Axis.Y, 5));
            assertThat(targets(target, Split.TRAINING))
                    .containsExactly(
                            "photos/xy_012_003_b0-c.png 6.0 1.5",
                            "photos/xy_4_6_a.png 2.0 3.0",
                            "photos/xy_7.5_1.png 3.75 0.5");
        }

        @Test
        void is_a_regression_without_being_told() throws IOException {
            picture(photos.resolve("train/xy_4_6_a.png"), 10, 20);
            picture(photos.resolve("val/xy_8_2_b.png"), 10, 20);

            run(target, ALL_TRAINING, photos);

            assertThat(targets(target, Split.TRAINING)).containsExactly("photos/train/xy_4_6_a.png 0.4 1.2");
            assertThat(targets(target, Split.VALIDATION)).containsExactly("photos/val/xy_8_2_b.png 0.8 0.4");
        }

        @Test
        void stays_a_classification_where_other_pictures_lie_among_them() throws IOException {
            picture(photos.resolve("cat/xy_4_6_a.png"), 10, 20);
            picture(photos.resolve("dog/b.png"), 10, 20);

            assertThat(run(target, ALL_TRAINING, photos).classNames()).containsExactly("cat", "dog");
        }

        @Test
        void passes_other_pictures_over_with_a_remark() throws IOException {
            picture(photos.resolve("xy_4_6_a.png"), 10, 20);
            picture(photos.resolve("b.png"), 10, 20);

            ImportReport report = run(target, HALF, photos);

            assertThat(report.count(Split.TRAINING)).isEqualTo(1);
            assertThat(report.remarks())
                    .containsExactly("1 picture of photos states no point by its name and was passed over.");
        }

        @Test
        void takes_one_of_the_two_numbers() throws IOException {
            picture(photos.resolve("xy_4_6_a.png"), 10, 20);

            run(target, wanting(HALF, "y"), photos);

            assertThat(targets(target, Split.TRAINING)).containsExactly("photos/xy_4_6_a.png 3.0");
        }

        @Test
        void says_what_names_of_pictures_can_state() throws IOException {
            picture(photos.resolve("xy_4_6_a.png"), 10, 20);

            assertThat(problem(target, wanting(HALF, "z"), Source.of(photos)).threeLines())
                    .isEqualTo("There is no target \"z\".\n  where: " + photos + "\n  do:    use one of: x, y");
        }

        @Test
        void takes_places_in_percent_as_old_notebooks_named_them() throws IOException {
            picture(photos.resolve("xy_050_100_a.png"), 10, 20);

            run(target, unit(HALF, TargetUnit.PERCENT), photos);

            assertThat(targets(target, Split.TRAINING)).containsExactly("photos/xy_050_100_a.png 5.0 5.0");
        }

        @Test
        void takes_parts_in_whatever_words() throws IOException {
            picture(photos.resolve("Training/xy_4_6_a.png"), 10, 20);
            picture(photos.resolve("valid/xy_8_2_b.png"), 10, 20);

            ImportReport report = run(target, HALF, photos);

            assertThat(report.count(Split.TRAINING)).isEqualTo(1);
            assertThat(report.count(Split.VALIDATION)).isEqualTo(1);
        }

        @Test
        void refuses_a_folder_in_which_nothing_states_targets() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);

            assertThat(problem(target, HALF, Source.of(photos)).threeLines())
                    .isEqualTo("No picture states its targets. 1 picture of photos states no point by its name and was"
                            + " passed over.\n"
                            + "  where: " + photos
                            + "\n  do:    name the pictures xy_X_Y_id.jpg, with X and Y in pixels, "
                            + "or put a CSV with a line for each of them beside them");
        }
    }

    @Nested
    @DisplayName("of a table")
    class Table {

        @Test
        void takes_all_columns_as_places_or_plain_values() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            picture(temporary.resolve("b.png"), 10, 20);

            ImportReport report =
                    run(target, HALF, table("t.csv", "file,nose_x,noseY,age", "a.png,4,6,30", "b.png,8,2,50"));

            assertThat(targets(target, Split.TRAINING))
                    .containsExactly("t.csv/a.png 2.0 3.0 30.0", "t.csv/b.png 4.0 1.0 50.0");
            assertThat(report.targets())
                    .containsExactly(
                            Target.place("nose_x", Axis.X, 10),
                            Target.place("noseY", Axis.Y, 5),
                            new Target("age", Axis.NONE, 40, 10));
        }

        @Test
        void takes_the_wanted_columns_in_the_wanted_order() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);

            run(target, wanting(HALF, "y", "x"), table("t.csv", "note,x,y,image_name", "said \"so\",4,6,a.png"));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png 3.0 2.0");
        }

        @Test
        void passes_the_row_numbers_of_a_data_frame_over() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);

            run(target, HALF, table("t.csv", ",file,x,y", "0,a.png,4,6"));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png 2.0 3.0");
        }

        @Test
        void scales_values_that_are_all_alike_by_one() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);

            ImportReport report = run(target, HALF, table("t.csv", "file,age", "a.png,30"));

            assertThat(report.targets()).containsExactly(new Target("age", Axis.NONE, 30, 1));
        }

        @Test
        void finds_the_tables_of_the_parts_and_their_pictures() throws IOException {
            picture(photos.resolve("train/a.png"), 10, 20);
            picture(photos.resolve("val/a.png"), 10, 20);
            Files.writeString(photos.resolve("train.csv"), "file;x;y\na.png;4;6\n");
            Files.writeString(photos.resolve("val.csv"), "file;x;y\na.png;8;2\n");

            run(target, HALF, photos);

            assertThat(targets(target, Split.TRAINING)).containsExactly("train.csv/a.png 2.0 3.0");
            assertThat(targets(target, Split.VALIDATION)).containsExactly("val.csv/a.png 4.0 1.0");
        }

        @Test
        void makes_the_part_for_validation_the_test() throws IOException {
            for (int i = 0; i < 4; i++) picture(photos.resolve("train/xy_4_6_" + i + ".png"), 10, 20);
            picture(photos.resolve("val/xy_8_2_b.png"), 10, 20);

            ImportReport report =
                    run(target, HALF.withSplits(new SplitSettings(25, 0, GivenValidation.AS_TEST)), photos);

            assertThat(report.count(Split.TRAINING)).isEqualTo(3);
            assertThat(report.count(Split.VALIDATION)).isEqualTo(1);
            assertThat(targets(target, Split.TEST)).containsExactly("photos/val/xy_8_2_b.png 4.0 1.0");
        }

        @Test
        void starts_its_paths_from_a_given_folder() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);

            run(target, HALF, Source.of(table("t.csv", "file,x,y", "a.png,4,6")), Source.parse("pictures=" + photos));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png 2.0 3.0");
        }

        @Test
        void takes_places_from_minus_one_to_one_where_all_lie_there() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            picture(temporary.resolve("b.png"), 10, 20);

            run(target, HALF, table("t.csv", "file,x,y,age", "a.png,-1,0.5,30", "b.png,0.25,1,50"));

            assertThat(targets(target, Split.TRAINING))
                    .containsExactly("t.csv/a.png 0.0 3.75 30.0", "t.csv/b.png 6.25 5.0 50.0");
        }

        @Test
        void takes_whole_numbers_from_minus_one_to_one_as_pixels() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);

            run(target, HALF, table("t.csv", "file,x,y", "a.png,1,0"));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png 0.5 0.0");
        }
    }

    @Nested
    @DisplayName("that lie outside the picture")
    class Outside {

        @Test
        void keeps_those_that_are_near_and_counts_their_pictures() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            picture(temporary.resolve("b.png"), 10, 20);

            ImportReport report = run(target, HALF, table("t.csv", "file,x,y", "a.png,-2,11", "b.png,20,10"));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png -1.0 5.5", "t.csv/b.png 10.0 5.0");
            assertThat(report.remarks())
                    .containsExactly("1 picture has a target slightly outside the picture; such targets are kept.");
        }

        @Test
        void leaves_pictures_out_whose_target_is_more_than_a_picture_away() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            picture(temporary.resolve("b.png"), 10, 20);

            ImportReport report = run(target, HALF, table("t.csv", "file,x,y", "a.png,4,6", "b.png,4,2100"));

            assertThat(report.count(Split.TRAINING)).isEqualTo(1);
            assertThat(report.broken())
                    .containsExactly(new BrokenPicture(
                            "t.csv/b.png",
                            "Its y is 2100, far outside: at 2100 pixels of a picture that is 10 high (t.csv,"
                                    + " line 3)."));
        }

        @Test
        void refuses_the_import_where_all_are() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            Path table = table("t.csv", "file,x,y", "a.png,400,6");

            assertThat(problem(target, HALF, Source.of(table)).threeLines())
                    .isEqualTo(
                            "None of the 1 pictures can be used. The first: t.csv/a.png – Its x is 400, far outside: "
                                    + "at 400 pixels of a picture that is 20 wide (t.csv, line 2).\n  where: " + table
                                    + "\n"
                                    + "  do:    check that the files are pictures and that the unit of the targets is"
                                    + " the right one (--target-unit)");
        }

        @Test
        void keeps_those_that_a_crop_cuts_off_and_counts_their_pictures() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            ImportSettings cropped =
                    settings(new Preparation(10, 10, ColorMode.GREY, ResizeMode.CROP), List.of(), TargetUnit.AUTO);

            ImportReport report = run(target, cropped, table("t.csv", "file,x,y", "a.png,4,6"));

            assertThat(targets(target, Split.TRAINING)).containsExactly("t.csv/a.png -1.0 6.0");
            assertThat(report.remarks())
                    .containsExactly("1 picture has a target that resizing by crop cuts off; such targets are kept.");
        }
    }

    @Nested
    @DisplayName("where table and pictures disagree")
    class Disagreement {

        @Test
        void counts_rows_without_a_picture_as_broken() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);

            ImportReport report = run(target, HALF, table("t.csv", "file,x,y", "a.png,4,6", "lost.png,4,6"));

            assertThat(report.broken())
                    .containsExactly(new BrokenPicture(
                            "t.csv/lost.png", "Cannot read the file: there is no such file. (t.csv, line 3)"));
        }

        @Test
        void names_pictures_without_a_row() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);
            for (int i = 0; i < 5; i++) picture(photos.resolve("more" + i + ".png"), 10, 20);
            Files.writeString(photos.resolve("points.csv"), "file,x,y\na.png,4,6\n");

            assertThat(run(target, HALF, photos).remarks())
                    .containsExactly(
                            "5 pictures of photos without a line in the table passed over: more0.png, more1.png, "
                                    + "more2.png, ….");
        }

        @Test
        void refuses_an_import_of_which_no_picture_is_there() throws IOException {
            Path table = table("t.csv", "file,x,y", "lost.png,4,6");

            assertThat(problem(target, HALF, Source.of(table)).what())
                    .isEqualTo("The picture that the list names is not there. The first: \"lost.png\" – Cannot read the"
                            + " file: there is no such file.");
        }

        @Test
        void refuses_a_picture_that_is_listed_twice() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            Path table = table("t.csv", "file,x,y", "a.png,4,6", "./a.png,5,7");

            assertThat(problem(target, HALF, Source.of(table)).threeLines())
                    .isEqualTo("The picture \"./a.png\" is listed twice.\n  where: " + table
                            + ", line 3\n  do:    keep one line for it; the other is t.csv, line 2");
        }

        @Test
        void refuses_a_picture_that_two_parts_list() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);
            Files.writeString(photos.resolve("train.csv"), "file,x,y\na.png,4,6\n");
            Files.writeString(photos.resolve("val.csv"), "file,x,y\na.png,8,2\n");

            assertThat(problem(target, HALF, Source.of(photos)).remedy())
                    .isEqualTo("keep one line for it; the other is train.csv, line 2");
        }

        @Test
        void refuses_sources_with_different_targets() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);
            picture(photos.resolve("b.png"), 10, 20);
            Files.writeString(photos.resolve("train.csv"), "file,x,y\na.png,4,6\n");
            Files.writeString(photos.resolve("val.csv"), "file,x,z\nb.png,8,2\n");

            assertThat(problem(target, HALF, Source.of(photos)).what())
                    .isEqualTo("The sources have different targets: x, y; x, z.");
        }

        @Test
        void refuses_a_folder_with_several_tables() throws IOException {
            picture(photos.resolve("a.png"), 10, 20);
            Files.writeString(photos.resolve("eyes.csv"), "file,x,y\na.png,4,6\n");
            Files.writeString(photos.resolve("nose.csv"), "file,x,y\na.png,4,6\n");

            assertThat(problem(target, HALF, Source.of(photos)).remedy())
                    .isEqualTo("give the table itself as the source: " + photos.resolve("eyes.csv"));
        }
    }

    @Nested
    @DisplayName("once stored")
    class Stored {

        @Test
        void has_another_fingerprint_when_a_target_changes() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            run(target, HALF, table("t.csv", "file,x,y", "a.png,4,6"));
            String before = contentHash(target);

            Path other = temporary.resolve("other");
            run(other, HALF, table("t.csv", "file,x,y", "a.png,4,6.5"));

            assertThat(contentHash(other)).isNotEqualTo(before);
        }

        @Test
        void opens_a_classification_that_was_imported_before_there_were_targets() throws IOException {
            ImportSteps.picture(photos.resolve("cat/a.png"), 1);
            ImportSteps.picture(photos.resolve("dog/b.png"), 2);
            run(target, ALL_TRAINING, photos);
            Path description = target.resolve("dataset.json");
            String text = Files.readString(description);
            String old = text.replaceFirst("\\s*\"targets\" : \\[ ],", "").replaceFirst(",\\s*\"cropMargin\" : 0", "");
            assertThat(old).doesNotContain("targets", "cropMargin").hasSizeLessThan(text.length());
            Files.writeString(description, old);

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.targets()).isEmpty();
                assertThat(dataset.preparation()).isEqualTo(TINY);
                dataset.verify();
            }
        }

        @Test
        void describes_its_targets_by_part() throws IOException {
            picture(temporary.resolve("a.png"), 10, 20);
            picture(temporary.resolve("b.png"), 10, 20);
            run(target, HALF, table("t.csv", "file,age", "a.png,30", "b.png,50"));

            try (Dataset dataset = Dataset.open(target)) {
                assertThat(dataset.targetStatistics(Split.TRAINING))
                        .containsExactly(new TargetStatistics(40, 10, 30, 50));
                assertThat(dataset.statistics().count(Split.TRAINING)).isEqualTo(2);
                assertThat(dataset.targetStatistics(Split.TEST).getFirst().mean())
                        .isNaN();
            }
        }

        private String contentHash(Path folder) {
            try (Dataset dataset = Dataset.open(folder)) {
                dataset.verify();
                return dataset.contentHash();
            }
        }
    }

    private static ImportSettings settings(Preparation preparation, List<String> targets, TargetUnit unit) {
        return ImportSettings.of("points", preparation)
                .withSplits(new SplitSettings(0, 0))
                .withThreads(1)
                .withTruth(new Truth.Numbers(targets, unit));
    }

    private static ImportSettings wanting(ImportSettings settings, String... targets) {
        return settings.withTruth(new Truth.Numbers(List.of(targets), TargetUnit.AUTO));
    }

    private static ImportSettings unit(ImportSettings settings, TargetUnit unit) {
        return settings.withTruth(new Truth.Numbers(List.of(), unit));
    }

    private Path table(String name, String... lines) throws IOException {
        return Files.write(temporary.resolve(name), List.of(lines));
    }
}
