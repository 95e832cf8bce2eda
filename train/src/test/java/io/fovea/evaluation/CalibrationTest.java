package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.task.Proportion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calibration")
class CalibrationTest {

    private static Calibration of(double[] probabilities, boolean[] right) {
        Calibration.Builder builder = new Calibration.Builder();
        for (int i = 0; i < probabilities.length; i++) builder.add(probabilities[i], right[i]);
        return builder.calibration();
    }

    @Test
    void has_no_error_where_half_of_the_coin_flips_are_right() {
        Calibration calibration = of(new double[] {0.5, 0.5}, new boolean[] {true, false});
        assertThat(calibration.expectedError()).isZero();
        assertThat(calibration.words()).contains("0.0 points", "neither too sure nor too careful");
    }

    /** Two of four are right at 0.9: |0.5 - 0.9| = 0.4; one of one is right at 0.6: 0.4. Weighted by 4 and 1: 0.4. */
    @Test
    void weighs_the_bins_by_their_predictions() {
        Calibration calibration =
                of(new double[] {0.9, 0.9, 0.9, 0.9, 0.6}, new boolean[] {true, true, false, false, true});
        assertThat(calibration.expectedError()).isCloseTo(0.4, within(1e-12));
        assertThat(calibration.excess()).isCloseTo((4 * 0.4 - 0.4) / 5, within(1e-12));
        assertThat(calibration.words()).contains("40.0 points", "mostly too sure");
    }

    @Test
    void says_that_a_model_is_too_careful_that_is_always_right() {
        assertThat(of(new double[] {0.5, 0.5}, new boolean[] {true, true}).words())
                .contains("50.0 points", "mostly too careful");
    }

    @Test
    void puts_both_ends_into_a_bin() {
        Calibration calibration = of(new double[] {0, 1, 1.0 / 15}, new boolean[] {false, true, true});
        assertThat(calibration.bins()).hasSize(15);
        assertThat(calibration.bins().getFirst().right()).isEqualTo(new Proportion(1, 2));
        assertThat(calibration.bins().getLast().right()).isEqualTo(new Proportion(1, 1));
    }

    @Test
    void of_nothing_has_no_error() {
        assertThat(of(new double[0], new boolean[0]).expectedError()).isZero();
    }

    /** The number is that of src/test/python/evaluation/calibration.py. */
    @Test
    void agrees_with_numpy() {
        Calibration.Builder builder = new Calibration.Builder();
        // probabilities (i * 37 % 101) / 101, right where i * 53 % 97 < 60
        for (int i = 1; i <= 1000; i++) builder.add((i * 37 % 101) / 101.0, i * 53 % 97 < 60);
        assertThat(builder.calibration().expectedError()).isCloseTo(0.2650594059405941, within(1e-12));
    }
}
