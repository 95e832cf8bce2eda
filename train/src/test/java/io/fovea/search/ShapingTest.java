package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Shaping a fitness")
class ShapingTest {

    private static final double WORST = Double.POSITIVE_INFINITY;

    @Test
    void spreads_ranks_evenly_from_minus_a_half_to_a_half() {
        assertThat(Shaping.RANKS.shape(new double[] {100, -3, 7, WORST, 8})).containsExactly(0.25, -0.5, -0.25, 0.5, 0);
    }

    @Test
    void gives_equal_values_the_mean_of_their_ranks() {
        assertThat(Shaping.RANKS.shape(new double[] {5, 1, 5})).containsExactly(0.25, -0.5, 0.25);
        assertThat(Shaping.RANKS.shape(new double[] {5, 5})).containsExactly(0, 0);
    }

    @Test
    void takes_a_failure_for_the_worst_that_is_finite() {
        assertThat(Shaping.NONE.shape(new double[] {2, WORST, 9})).containsExactly(2, 9, 9);
    }

    @Test
    void brings_values_to_mean_0_and_variance_1() {
        assertThat(Shaping.STANDARDISED.shape(new double[] {10, 30, WORST, 10}))
                .containsExactly(new double[] {-1, 1, 1, -1}, within(1e-15));
    }

    @Test
    void leaves_a_plain_flat() {
        assertThat(Shaping.STANDARDISED.shape(new double[] {4, 4})).containsExactly(0, 0);
    }
}
