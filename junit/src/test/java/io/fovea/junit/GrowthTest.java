package io.fovea.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Ranks of the interval from Debian's SciPy: {@code k = scipy.stats.binom.ppf(0.025, n, 0.5)}, which is the largest k with P(B &lt; k) ≤ 0.025.
 */
@DisplayName("Growth by rounds")
class GrowthTest {

    @Test
    void has_the_median_and_its_interval_per_use() {
        // 12 rounds: k = 3, so from the 3rd smallest to the 3rd largest
        Growth growth = Growth.of(new long[] {120, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110}, 10);
        assertThat(growth).isEqualTo(new Growth(6.5, 3, 10));
    }

    @Test
    void takes_the_smallest_and_the_largest_of_six() {
        assertThat(Growth.of(new long[] {6, -1, 2, 3, 4, 5}, 1)).isEqualTo(new Growth(3.5, -1, 6));
    }

    @Test
    void is_not_moved_by_a_round_that_grew_once() {
        assertThat(Growth.of(new long[] {0, 0, 0, 4_000_000, 0, 0, 0, 0, 0}, 1)).isEqualTo(new Growth(0, 0, 0));
    }

    @Test
    void has_no_interval_of_five() {
        assertThatThrownBy(() -> Growth.of(new long[5], 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
