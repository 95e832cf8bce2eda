package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The evaluation of a segmentation")
class SegmentationEvaluationTest {

    private static final int NONE = 255;
    private static final List<String> NAMES = List.of("sky", "road", "car");

    @Nested
    @DisplayName("of one picture of 2x2")
    class OnePicture {

        /** Of two sky pixels one is taken for road; the road pixel is right; one pixel says nothing, whatever is said of it. */
        private final SegmentationEvaluation evaluation =
                judged(mask(0, 0, 1, NONE), mask(0, 1, 1, 2)).evaluation();

        @Test
        void scores_every_class_by_what_truth_and_prediction_share_of_both() {
            PixelCounts counts = evaluation.counts();
            // sky: 1 of 2 + 1 − 1 pixels; road: 1 of 1 + 2 − 1
            assertThat(counts.intersectionOverUnion(0)).isEqualTo(0.5);
            assertThat(counts.intersectionOverUnion(1)).isEqualTo(0.5);
        }

        @Test
        void leaves_a_class_out_that_no_labelled_pixel_has_or_is_taken_for() {
            assertThat(evaluation.counts().intersectionOverUnion(2)).isNaN();
            assertThat(evaluation.counts().meanIntersectionOverUnion()).isEqualTo(0.5);
        }

        @Test
        void counts_the_share_of_labelled_pixels_that_are_right() {
            assertThat(evaluation.counts().labelled()).isEqualTo(3);
            assertThat(evaluation.counts().accuracy()).isCloseTo(2 / 3.0, within(1e-12));
        }

        @Test
        void counts_pixels_by_true_and_predicted_class() {
            assertThat(evaluation.confusion()).isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 0}, {0, 0, 0}});
        }

        @Test
        void is_told_in_words() {
            assertThat(evaluation.words()).isEqualTo("50.00 % (1 pictures), 66.67 % of the labelled pixels right");
            assertThat(evaluation.title()).isEqualTo("Mean IoU");
        }

        @Test
        void is_measured_by_two_shares() {
            assertThat(evaluation.measures())
                    .extracting(Measure::name)
                    .containsExactly("mean intersection over union", "pixel accuracy");
        }
    }

    @Test
    void counts_a_class_that_is_only_predicted_as_0() {
        SegmentationEvaluation evaluation =
                judged(mask(0, 0, 0, 0), mask(0, 0, 0, 2)).evaluation();
        // sky 3 of 4, car 0 of 1
        assertThat(evaluation.counts().meanIntersectionOverUnion()).isEqualTo(0.375);
    }

    @Test
    void is_made_from_the_pixels_of_all_pictures_and_not_from_their_scores() {
        SegmentationEvaluation.Builder judged = judged(mask(0, 0, 0, 0), mask(0, 0, 0, 0));
        judged.add(mask(1, 0, NONE, NONE), logits(mask(0, 0, 0, 0)), 0, "second");
        SegmentationEvaluation evaluation = judged.evaluation();
        // sky 5 of 6, road 0 of 1; the pictures alone score 1 and (1/2 + 0) / 2
        assertThat(evaluation.counts().meanIntersectionOverUnion()).isCloseTo(5 / 12.0, within(1e-12));
        assertThat(evaluation.pictures())
                .extracting(JudgedMask::intersectionOverUnion)
                .containsExactly(1.0, 0.25);
    }

    @Test
    void gives_equal_logits_to_the_smaller_label() {
        SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
        judged.add(mask(0), new float[] {1, 1, 1}, 0, "a");
        assertThat(judged.evaluation().counts().accuracy()).isEqualTo(1);
    }

    @Nested
    @DisplayName("of pictures without a labelled pixel")
    class Unlabelled {

        @Test
        void has_no_score() {
            SegmentationEvaluation evaluation =
                    judged(mask(NONE, NONE, NONE, NONE), mask(0, 1, 2, 0)).evaluation();
            assertThat(evaluation.counts().meanIntersectionOverUnion()).isNaN();
            assertThat(evaluation.counts().accuracy()).isNaN();
            assertThat(evaluation.drawn()).isEmpty();
        }

        @Test
        void can_be_written(@TempDir Path folder) {
            SegmentationEvaluation evaluation =
                    judged(mask(NONE, NONE, NONE, NONE), mask(0, 1, 2, 0)).evaluation();
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            assertThat(folder.resolve("predictions.csv")).hasContent("""
                position,source,meanIntersectionOverUnion,pixelAccuracy,intersectionOverUnion sky,intersectionOverUnion road,intersectionOverUnion car
                0,first,,,,,
                """);
            assertThat(folder.resolve("worst.png")).doesNotExist();
        }
    }

    @Nested
    @DisplayName("with an interval")
    class WithInterval {

        @Test
        void has_none_below_20_pictures() {
            assertThat(halfRight(19).interval()).isEmpty();
            assertThat(halfRight(19).words()).doesNotContain("interval");
        }

        @Test
        void has_one_around_the_score_from_20_pictures_on() {
            SegmentationEvaluation evaluation = halfRight(20);
            Measure.Interval interval = evaluation.interval().orElseThrow();
            // 10 of 20 pictures have a wrong pixel: of drawn ones some 5 to 15
            assertThat(interval.low()).isLessThan(evaluation.counts().meanIntersectionOverUnion());
            assertThat(interval.high()).isGreaterThan(evaluation.counts().meanIntersectionOverUnion());
            assertThat(evaluation.words()).contains("95 % interval", "20 pictures");
        }

        @Test
        void has_the_same_ends_every_time() {
            assertThat(halfRight(20).interval()).isEqualTo(halfRight(20).interval());
        }

        @Test
        void has_no_width_where_all_pictures_are_alike() {
            SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
            for (int i = 0; i < 20; i++) judged.add(mask(0, 1), logits(mask(0, 0)), 0, "p" + i);
            // sky 1 of 2, road 0 of 1
            assertThat(judged.evaluation().interval()).contains(new Measure.Interval(0.25, 0.25));
        }

        /** Every second picture is right, the others are wrong in one of four pixels. */
        private SegmentationEvaluation halfRight(int count) {
            SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
            for (int i = 0; i < count; i++) judged.add(mask(0, 0, 1, 1), logits(mask(0, i % 2, 1, 1)), 0, "p" + i);
            return judged.evaluation();
        }
    }

    @Nested
    @DisplayName("keeps the pictures of lowest score")
    class Worst {

        @Test
        void the_lowest_first_and_of_equals_the_one_that_comes_first() {
            SegmentationEvaluation.Builder judged = judged(mask(0, 0, 1, 1), mask(0, 0, 1, 1));
            judged.add(mask(0, 0, 1, 1), logits(mask(1, 1, 0, 0)), 0, "wrong");
            judged.add(mask(0, 0, 1, 1), logits(mask(0, 0, 0, 1)), 0, "nearly");
            judged.add(mask(0, 0, 1, 1), logits(mask(1, 1, 0, 0)), 0, "wrong too");
            assertThat(judged.evaluation().drawn())
                    .extracting(drawn -> drawn.picture().source())
                    .containsExactly("wrong", "wrong too", "nearly", "first");
        }

        @Test
        void twelve_of_them() {
            SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
            for (int i = 0; i < 12; i++) judged.add(mask(0, 1), logits(mask(0, 1)), 0, "right " + i);
            judged.add(mask(0, 1), logits(mask(1, 0)), 0, "wrong");
            assertThat(judged.evaluation().drawn())
                    .extracting(drawn -> drawn.picture().source())
                    .hasSize(12)
                    .startsWith("wrong", "right 0")
                    .doesNotContain("right 11");
        }
    }

    @Nested
    @DisplayName("written to a folder")
    class Written {

        @TempDir
        Path folder;

        private final SegmentationEvaluation evaluation =
                judged(mask(0, 0, 1, NONE), mask(0, 1, 1, 2)).evaluation();

        @Test
        void is_five_files_and_the_hardest_pictures_alone() throws IOException {
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "confusion.csv",
                                "per-class.csv",
                                "predictions.csv",
                                "worst.png",
                                "evaluation.json",
                                "hardest");
            }
        }

        @Test
        void keeps_picture_truth_and_answer_of_the_hardest_and_removes_those_of_before() throws IOException {
            Path stale = Files.createDirectories(folder.resolve("hardest")).resolve("000099-truth.png");
            Path mine = folder.resolve("hardest").resolve("mine.png");
            Files.write(stale, new byte[1]);
            Files.write(mine, new byte[1]);
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            assertThat(KeptPanels.of(folder, 0)).containsExactly(KeptPanels.Panel.values());
            Pixels truth = PictureDecoder.decode(KeptPanels.file(folder, 0, KeptPanels.Panel.TRUTH), ColorMode.COLOR);
            assertThat(truth.width()).isEqualTo(2);
            assertThat(colour(truth, 1, 1)).as("without a class").containsExactly(100, 100, 100);
            assertThat(stale).doesNotExist();
            assertThat(mine).exists();
        }

        @Test
        void holds_tables_of_pixels_classes_and_pictures() {
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            assertThat(folder.resolve("confusion.csv")).hasContent("""
                true \\ predicted,sky,road,car
                sky,1,1,0
                road,0,1,0
                car,0,0,0
                """);
            assertThat(folder.resolve("per-class.csv")).hasContent("""
                label,name,pixels,predictedPixels,hits,intersectionOverUnion
                0,sky,2,1,1,0.500000
                1,road,1,2,1,0.500000
                2,car,0,0,0,
                """);
            assertThat(folder.resolve("predictions.csv")).hasContent("""
                position,source,meanIntersectionOverUnion,pixelAccuracy,intersectionOverUnion sky,intersectionOverUnion road,intersectionOverUnion car
                0,first,0.500000,0.666667,0.500000,0.500000,
                """);
        }

        @Test
        void holds_the_figures() throws IOException {
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            JsonNode json = new ObjectMapper()
                    .readTree(folder.resolve("evaluation.json").toFile());
            assertThat(json.get("pictures").asInt()).isEqualTo(1);
            assertThat(json.get("meanIntersectionOverUnion").asDouble()).isEqualTo(0.5);
            assertThat(json.get("labelledPixels").asInt()).isEqualTo(3);
            assertThat(json.at("/perClass/2/name").asText()).isEqualTo("car");
            assertThat(json.at("/perClass/2").has("intersectionOverUnion")).isFalse();
            assertThat(json.at("/confusion/0/1").asInt()).isEqualTo(1);
        }

        @Test
        void shows_the_picture_the_truth_and_the_prediction_in_a_row() {
            EvaluationFiles.write(evaluation, position -> grey(), folder);
            Pixels sheet = PictureDecoder.decode(folder.resolve("worst.png"), ColorMode.COLOR);
            assertThat(sheet.height()).isEqualTo(2);
            // three panels of 2 with gaps of 4
            assertThat(sheet.width()).isEqualTo(14);
            // the unlabelled pixel stays as it is in the truth, and has a colour in the prediction
            assertThat(colour(sheet, 1, 1)).containsExactly(100, 100, 100);
            assertThat(colour(sheet, 1, 7)).containsExactly(100, 100, 100);
            assertThat(colour(sheet, 1, 13)).isNotEqualTo(new int[] {100, 100, 100});
        }

        private int[] colour(Pixels sheet, int y, int x) {
            int at = (y * sheet.width() + x) * 3;
            return new int[] {sheet.values()[at] & 0xff, sheet.values()[at + 1] & 0xff, sheet.values()[at + 2] & 0xff};
        }
    }

    @Nested
    @DisplayName("given what cannot be judged")
    class Refused {

        @Test
        void names_class_and_picture_of_a_logit_that_is_no_number() {
            SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
            assertThatThrownBy(() -> judged.add(mask(0), new float[] {1, Float.NaN, 1}, 0, "a.png"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("The network gives NaN for class \"road\"");
                        assertThat(problem.where()).isEqualTo("picture a.png");
                    });
        }

        @Test
        void needs_a_picture() {
            assertThatThrownBy(new SegmentationEvaluation.Builder(NAMES)::evaluation)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no picture to judge");
        }
    }

    private static SegmentationEvaluation.Builder judged(byte[] truth, byte[] predicted) {
        SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(NAMES);
        judged.add(truth, logits(predicted), 0, "first");
        return judged;
    }

    private static byte[] mask(int... labels) {
        byte[] mask = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) mask[i] = (byte) labels[i];
        return mask;
    }

    /** [3, H, W] with the largest at the predicted class. */
    private static float[] logits(byte[] predicted) {
        float[] logits = new float[3 * predicted.length];
        for (int i = 0; i < predicted.length; i++) logits[predicted[i] * predicted.length + i] = 2;
        return logits;
    }

    private static Pixels grey() {
        return new Pixels(2, 2, 1, new byte[] {100, 100, 100, 100});
    }
}
