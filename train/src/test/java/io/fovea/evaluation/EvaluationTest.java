package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An evaluation")
class EvaluationTest {

    private static final List<String> THREE = List.of("ant", "bee", "cat");

    @Nested
    @DisplayName("of a few pictures")
    class Few {

        /** Right, right, ant taken for bee (cat before ant), cat taken for bee. */
        private final Evaluation evaluation = Evaluation.of(
                THREE,
                new int[] {0, 1, 0, 2},
                new float[] {2, 0, 1, 0, 3, 1, 0, 2, 1, 0, 5, 4},
                List.of("a.png", "b.png", "c.png", "d.png"));

        @Test
        void counts_what_is_right() {
            assertThat(evaluation.accuracy()).isEqualTo(new Proportion(2, 4));
            assertThat(evaluation.topK(2)).isEqualTo(new Proportion(3, 4));
            assertThat(evaluation.topK(3)).isEqualTo(new Proportion(4, 4));
            assertThat(evaluation.topK(99)).isEqualTo(new Proportion(4, 4));
        }

        @Test
        void has_true_classes_as_rows_and_predicted_ones_as_columns() {
            assertThat(evaluation.confusion()).isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 0}, {0, 1, 0}});
        }

        @Test
        void tells_of_each_class_how_well_it_is_found() {
            ClassReport bee = evaluation.classes().get(1);
            assertThat(bee.precision()).isEqualTo(new Proportion(1, 3));
            assertThat(bee.recall()).isEqualTo(new Proportion(1, 1));
            assertThat(bee.f1()).isEqualTo(0.5);
            assertThat(bee.support()).isEqualTo(1);
        }

        @Test
        void takes_the_precision_of_a_class_that_is_never_predicted_as_zero() {
            ClassReport cat = evaluation.classes().get(2);
            assertThat(cat.precision().value()).isZero();
            assertThat(cat.f1()).isZero();
        }

        @Test
        void lists_mistakes_by_count_and_then_by_label() {
            assertThat(evaluation.mostConfused(10))
                    .containsExactly(new ConfusedPair(0, 1, 1), new ConfusedPair(2, 1, 1));
            assertThat(evaluation.mostConfused(1)).containsExactly(new ConfusedPair(0, 1, 1));
        }

        @Test
        void lists_the_pictures_of_largest_loss_first() {
            assertThat(evaluation.hardest(2)).extracting(JudgedPicture::source).containsExactly("c.png", "d.png");
            JudgedPicture hardest = evaluation.hardest(1).get(0);
            // ln(e⁰ + e² + e¹) − 0
            assertThat(hardest.loss()).isCloseTo(2.40760596, within(1e-8));
            // e² / (e⁰ + e² + e¹)
            assertThat(hardest.probability()).isCloseTo(0.66524096, within(1e-8));
            assertThat(hardest.predicted()).isEqualTo(1);
            assertThat(hardest.rank()).isEqualTo(3);
            assertThat(hardest.isRight()).isFalse();
        }
    }

    @Nested
    @DisplayName("compared with NumPy and SciPy")
    class Golden {

        @Test
        void agrees_in_every_number() throws IOException {
            JsonNode golden = golden();
            int[] labels = IntStream.range(0, 200)
                    .map(i -> golden.get("labels").get(i).asInt())
                    .toArray();
            float[] logits = new float[1400];
            for (int i = 0; i < logits.length; i++)
                logits[i] = (float) golden.get("logits").get(i).asDouble();
            List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
            Evaluation evaluation = Evaluation.of(names, labels, logits, Collections.nCopies(200, "x"));

            agrees(evaluation.accuracy(), golden.get("accuracy"), golden.get("accuracyInterval"));
            agrees(evaluation.topK(3), golden.get("top3Accuracy"), golden.get("top3Interval"));
            assertThat(evaluation.meanLoss()).isCloseTo(golden.get("meanLoss").asDouble(), within(1e-10));
            for (int k = 0; k < 7; k++) {
                ClassReport report = evaluation.classes().get(k);
                JsonNode expected = golden.get("classes").get(k);
                assertThat(report.support()).isEqualTo(expected.get("support").asLong());
                near(report.precision().value(), expected.get("precision"));
                near(report.recall().value(), expected.get("recall"));
                near(report.f1(), expected.get("f1"));
                for (int j = 0; j < 7; j++) {
                    assertThat(evaluation.confusion()[k][j])
                            .isEqualTo(golden.get("confusion").get(k).get(j).asLong());
                }
            }
            near(evaluation.macro().precision(), golden.get("macro").get("precision"));
            near(evaluation.macro().recall(), golden.get("macro").get("recall"));
            near(evaluation.macro().f1(), golden.get("macro").get("f1"));
            assertThat(evaluation.hardest(5))
                    .extracting(JudgedPicture::position)
                    .containsExactly(183, 198, 151, 39, 0);
            assertThat(evaluation.hardest(1).get(0).loss()).isCloseTo(14.413453427804562, within(1e-10));
        }

        private void agrees(Proportion share, JsonNode value, JsonNode interval) {
            near(share.value(), value);
            near(share.low(), interval.get(0));
            near(share.high(), interval.get(1));
        }

        private void near(double found, JsonNode expected) {
            assertThat(found).isCloseTo(expected.asDouble(), within(1e-12));
        }

        private JsonNode golden() throws IOException {
            try (InputStream in = EvaluationTest.class.getResourceAsStream("/evaluation/golden.json")) {
                return new ObjectMapper().readTree(in);
            }
        }
    }

    @Nested
    @DisplayName("of strange outputs")
    class Strange {

        @Test
        void gives_a_tie_to_the_smaller_label_in_every_rank() {
            Evaluation evaluation = Evaluation.of(THREE, new int[] {0, 1, 2}, new float[9], List.of("a", "b", "c"));
            assertThat(evaluation.ranks()).containsExactly(1, 1, 1);
            assertThat(evaluation.pictures())
                    .extracting(JudgedPicture::predicted)
                    .containsOnly(0);
            assertThat(evaluation.hardest(3))
                    .extracting(JudgedPicture::position)
                    .containsExactly(0, 1, 2);
        }

        @Test
        void does_not_overflow_on_huge_logits() {
            Evaluation evaluation = Evaluation.of(THREE, new int[] {1}, new float[] {3e38f, -3e38f, 0}, List.of("a"));
            assertThat(evaluation.meanLoss()).isCloseTo(6e38, within(1e32));
        }

        @Test
        void works_with_a_single_class() {
            Evaluation evaluation = Evaluation.of(List.of("one"), new int[] {0}, new float[] {-3}, List.of("a"));
            assertThat(evaluation.accuracy().value()).isEqualTo(1);
            assertThat(evaluation.meanLoss()).isZero();
        }

        @Test
        void refuses_outputs_that_are_not_numbers_and_says_what_to_do() {
            assertThatThrownBy(() -> Evaluation.of(
                            THREE, new int[] {0, 0}, new float[] {0, 0, 0, 0, Float.NaN, 0}, List.of("a.png", "b.png")))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("The network gives NaN for class \"bee\"");
                        assertThat(problem.where()).isEqualTo("picture b.png");
                        assertThat(problem.remedy()).contains("lower learning rate");
                    });
        }

        @Test
        void refuses_sizes_that_do_not_fit() {
            assertThatThrownBy(() -> Evaluation.of(THREE, new int[0], new float[0], List.of()))
                    .hasMessage("There is no picture to judge");
            assertThatThrownBy(() -> Evaluation.of(THREE, new int[1], new float[4], List.of("a")))
                    .hasMessage("Expected 1 sources and logits [1, 3], found 1 sources and 4 logits");
            assertThatThrownBy(() -> Evaluation.of(THREE, new int[] {3}, new float[3], List.of("a")))
                    .hasMessage("Label 3 of picture 0 is not in 0 … 2");
        }
    }

    @Nested
    @DisplayName("A proportion")
    class Proportions {

        @Test
        void has_the_interval_of_wilson() {
            Proportion lenet = new Proportion(9850, 10_000);
            assertThat(lenet.low()).isCloseTo(0.98242456, within(1e-8));
            assertThat(lenet.high()).isCloseTo(0.98720296, within(1e-8));
        }

        @Test
        void never_leaves_zero_to_one() {
            assertThat(new Proportion(0, 10).low()).isZero();
            assertThat(new Proportion(0, 10).high()).isCloseTo(0.27753280, within(1e-8));
            assertThat(new Proportion(10, 10).low()).isCloseTo(0.72246720, within(1e-8));
            assertThat(new Proportion(10, 10).high()).isEqualTo(1);
        }

        @Test
        void of_nothing_says_that_nothing_is_known() {
            Proportion nothing = new Proportion(0, 0);
            assertThat(nothing.value()).isZero();
            assertThat(nothing.low()).isZero();
            assertThat(nothing.high()).isEqualTo(1);
        }

        @Test
        void cannot_have_more_hits_than_cases() {
            assertThatThrownBy(() -> new Proportion(2, 1)).hasMessage("2 of 1");
        }
    }
}
