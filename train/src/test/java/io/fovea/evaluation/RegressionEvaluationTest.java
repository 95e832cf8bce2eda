package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The evaluation of a regression")
class RegressionEvaluationTest {

    /** Values equal outputs, for the head. */
    private static final Target X = new Target("nose_x", Axis.X, 0, 1);

    private static final Target Y = new Target("nose_y", Axis.Y, 0, 1);

    @Nested
    @DisplayName("of a point")
    class OfAPoint {

        /** Errors (3, 4), (0, 0) and (0, −10): distances 5, 0 and 10. */
        private final RegressionEvaluation evaluation = RegressionEvaluation.of(
                List.of(X, Y),
                new float[] {10, 10, 20, 20, 30, 30},
                new float[] {13, 14, 20, 20, 30, 20},
                List.of("a", "b", "c"),
                new double[] {20, 20});

        @Test
        void takes_the_mean_distance_in_pixels() {
            assertThat(evaluation.unit()).isEqualTo(ErrorUnit.PIXELS);
            assertThat(evaluation.meanError().value()).isEqualTo(5);
            assertThat(evaluation.points()).singleElement().satisfies(point -> {
                assertThat(point.name()).isEqualTo("nose");
                assertThat(point.meanError().value()).isEqualTo(5);
            });
        }

        @Test
        void gives_the_mean_an_interval_of_two_standard_errors() {
            // deviation √((0 + 25 + 25)/2) = 5; 1.959964 · 5/√3 = 5.658; below 0 there is no distance
            Estimate error = evaluation.meanError();
            assertThat(error.low()).isZero();
            assertThat(error.high()).isCloseTo(10.65793, within(1e-5));
            assertThat(error.count()).isEqualTo(3);
        }

        @Test
        void compares_with_always_guessing_the_same() {
            // distances of (20, 20): 10√2, 0, 10√2
            assertThat(evaluation.guessError()).isCloseTo(20 * Math.sqrt(2) / 3, within(1e-9));
        }

        @Test
        void gives_every_target_its_errors() {
            TargetReport x = evaluation.targetReports().get(0);
            assertThat(x.meanAbsolute().value()).isEqualTo(1);
            assertThat(x.rootMeanSquare().value()).isCloseTo(Math.sqrt(3), within(1e-9));
            assertThat(x.guessMeanAbsolute()).isCloseTo(20 / 3.0, within(1e-9));
        }

        @Test
        void lists_the_hardest_pictures_first() {
            assertThat(evaluation.hardest(2)).extracting(JudgedValues::source).containsExactly("c", "a");
        }
    }

    @Test
    void turns_outputs_into_values() {
        RegressionEvaluation evaluation = RegressionEvaluation.of(
                List.of(Target.place("x", Axis.X, 100)),
                new float[] {75},
                new float[] {0.25f},
                List.of("a"),
                new double[] {50});
        // 50 + 50 · 0.25
        assertThat(evaluation.pictures().getFirst().predicted()).containsExactly(62.5);
        assertThat(evaluation.meanError()).isEqualTo(new Estimate(12.5, 12.5, 12.5, 1));
    }

    @Test
    void measures_one_plain_value_in_its_own_unit() {
        RegressionEvaluation evaluation = plain(List.of(new Target("age", Axis.NONE, 40, 10)), new float[] {50}, 0.5f);
        assertThat(evaluation.unit()).isEqualTo(ErrorUnit.VALUE);
        assertThat(evaluation.meanError().value()).isEqualTo(5);
    }

    @Test
    void measures_several_plain_values_in_their_deviations() {
        List<Target> targets = List.of(new Target("age", Axis.NONE, 40, 10), new Target("height", Axis.NONE, 2, 0.5));
        RegressionEvaluation evaluation = plain(targets, new float[] {50, 2}, 0.5f, 1.5f);
        // |45 − 50| / 10 and |2.75 − 2| / 0.5
        assertThat(evaluation.unit()).isEqualTo(ErrorUnit.DEVIATIONS);
        assertThat(evaluation.meanError().value()).isCloseTo(1, within(1e-9));
    }

    @Test
    void leaves_plain_values_beside_places_out_of_the_mean_error() {
        RegressionEvaluation evaluation =
                plain(List.of(X, Y, new Target("age", Axis.NONE, 0, 1)), new float[] {0, 0, 0}, 3, 4, 100);
        assertThat(evaluation.meanError().value()).isEqualTo(5);
        assertThat(evaluation.targetReports().get(2).meanAbsolute().value()).isEqualTo(100);
    }

    @Nested
    @DisplayName("given what cannot be judged")
    class Refused {

        @Test
        void names_the_picture_and_target_of_an_output_that_is_no_number() {
            for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                assertThatThrownBy(() -> plain(List.of(X, Y), new float[] {0, 0}, 0, broken))
                        .isInstanceOfSatisfying(Problem.class, problem -> {
                            assertThat(problem.what())
                                    .isEqualTo("The network gives " + broken + " for target \"nose_y\"");
                            assertThat(problem.where()).isEqualTo("picture a");
                            assertThat(problem.remedy()).contains("lower learning rate");
                        });
            }
        }

        @Test
        void refuses_arrays_of_another_number_of_targets() {
            assertThatThrownBy(() -> plain(List.of(X, Y), new float[] {0, 0}, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected truth and outputs [1, 2] and a guess [2], found 2, 1 and 2 values");
        }

        @Test
        void refuses_a_truth_that_is_no_number() {
            assertThatThrownBy(() -> plain(List.of(X), new float[] {Float.NaN}, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nose_x");
        }
    }

    private static RegressionEvaluation plain(List<Target> targets, float[] truth, float... outputs) {
        return RegressionEvaluation.of(targets, truth, outputs, List.of("a"), new double[targets.size()]);
    }
}
