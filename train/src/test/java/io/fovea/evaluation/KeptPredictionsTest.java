package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What an evaluation kept of each picture")
class KeptPredictionsTest {

    @TempDir
    Path folder;

    private final Evaluation evaluation = Evaluation.of(
            List.of("ant, red", "b\"ee"),
            new int[] {0, 0, 1},
            new float[] {1, 0, 0, 2, 0, 1},
            List.of("a\nb.png", "b,\"1\".png", "c.png"));

    private KeptPredictions read() {
        return KeptPredictions.read(folder, "evaluate again");
    }

    private KeptPredictions written(String text) throws IOException {
        Files.writeString(folder.resolve("predictions.csv"), text);
        return read();
    }

    @Test
    void is_read_as_it_was_written_whatever_names_hold() {
        EvaluationFiles.write(evaluation, folder);
        assertThat(read().pictures())
                .extracting(KeptPredictions.Kept::source)
                .containsExactly("a\nb.png", "b,\"1\".png", "c.png");
        assertThat(read().cell(0, 1)).singleElement().satisfies(kept -> {
            assertThat(kept.position()).isEqualTo(1);
            assertThat(kept.probability()).isEqualTo(0.880797);
            assertThat(kept.loss()).hasValue(2.126928);
        });
        assertThat(read().hardest().getFirst().position()).isEqualTo(1);
        assertThat(read().surest(1))
                .extracting(KeptPredictions.Classified::position)
                .containsExactly(1, 2);
    }

    @Test
    void gives_the_calibration_of_the_evaluation() {
        EvaluationFiles.write(evaluation, folder);
        assertThat(read().calibration().expectedError())
                .isCloseTo(evaluation.calibration().expectedError(), org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void orders_votes_by_how_sure_the_wrong_ones_are() {
        EvaluationFiles.write(evaluation.with(Evaluation.Meaning.VOTES), folder);
        assertThat(read().hardest()).extracting(KeptPredictions.Kept::position).containsExactly(1, 0, 2);
    }

    @Test
    void turns_scores_so_that_the_hardest_comes_first() throws IOException {
        assertThat(written("position,source,psnrAsShown,psnr\n0,a,1,30\n1,b,1,20\n")
                        .hardest())
                .extracting(KeptPredictions.Kept::position)
                .containsExactly(1, 0);
        assertThat(written("position,source,meanIntersectionOverUnion,pixelAccuracy\n0,a,,\n1,b,0.5,0.5\n")
                        .hardest())
                .extracting(KeptPredictions.Kept::position)
                .containsExactly(1);
        assertThat(written("position,source,x,predicted x,error\n0,a,1,2,1\n1,b,1,4,3\n")
                        .classified(_ -> true))
                .isEmpty();
    }

    @Test
    void holds_true_and_predicted_values_whatever_targets_are_called() throws IOException {
        assertThat(written("position,source,nose_x,error,predicted nose_x,predicted error,error\n7,a,1,2,3,4,5\n")
                        .pictures())
                .containsExactly(new KeptPredictions.Valued(
                        7,
                        "a",
                        List.of(
                                new KeptPredictions.TargetValue("nose_x", 1, 3),
                                new KeptPredictions.TargetValue("error", 2, 4)),
                        5));
    }

    @Test
    void holds_the_score_of_each_class_that_a_mask_has() throws IOException {
        assertThat(written("position,source,meanIntersectionOverUnion,pixelAccuracy,intersectionOverUnion sky,"
                                + "intersectionOverUnion car\n0,a,0.25,0.5,0.25,\n")
                        .pictures())
                .containsExactly(new KeptPredictions.Masked(0, "a", OptionalDouble.of(0.25), Map.of("sky", 0.25)));
    }

    @Nested
    @DisplayName("is a problem with what to do")
    class Damaged {

        private void isTold(String words) {
            Problem problem = catchThrowableOfType(Problem.class, KeptPredictionsTest.this::read);
            assertThat(problem.parts().get("what")).contains(words);
            assertThat(problem.parts().get("where")).contains("predictions.csv");
            assertThat(problem.parts().get("do")).isEqualTo("evaluate again");
        }

        @Test
        void where_there_is_none() {
            isTold("kept nothing");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "position,source,label\n0,a,0\n",
                    "position,source,label,predicted,probability\n0,a,0\n",
                    "position,source,label,predicted,probability\n0,a,zero,1,0.5\n",
                    "position,source,label,predicted,probability\n0,a,0,1,much\n",
                    "position,source,label,predicted,probability\n0,\"a,0,1,0.5\n",
                    "position,source,x,predicted x,error\n0,a,1,,1\n",
                    "position,source,x,predicted x,error\n0,a,1,1\n",
                    "position,source,psnrAsShown,psnr\n0,a,,1\n",
                    "position,source,meanIntersectionOverUnion,pixelAccuracy,intersectionOverUnion sky\n0,a,1,1,far\n"
                })
        void where_it_was_cut_off_or_holds_something_else(String text) throws IOException {
            Files.writeString(folder.resolve("predictions.csv"), text.isEmpty() ? "x\n1\n" : text);
            isTold("can be read in line 2");
        }

        @Test
        void where_it_is_no_text() throws IOException {
            Files.write(folder.resolve("predictions.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 10, (byte) 0xff, 10});
            isTold("no text");
        }
    }
}
