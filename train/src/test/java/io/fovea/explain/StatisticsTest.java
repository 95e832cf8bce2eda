package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statistics of values")
class StatisticsTest {

    @Test
    void are_mean_deviation_range_and_share_of_zeros() {
        Statistics found = Statistics.of(new float[] {0, 2, 4, 0});

        assertThat(found.count()).isEqualTo(4);
        assertThat(found.mean()).isEqualTo(1.5);
        assertThat(found.standardDeviation()).isCloseTo(1.6583124, within(1e-7)); // √(11 / 4)
        assertThat(found.minimum()).isZero();
        assertThat(found.maximum()).isEqualTo(4);
        assertThat(found.zeroShare()).isEqualTo(0.5);
        assertThat(found.histogram().counts().getFirst()).isEqualTo(2);
        assertThat(found.histogram().counts().get(10)).isEqualTo(1);
        assertThat(found.histogram().counts().getLast()).isEqualTo(1);
        assertThat(found.histogram().edges()).hasSize(21).startsWith(0.0, 0.2).endsWith(4.0);
    }

    @Test
    void of_equal_values_have_a_bin_of_them() {
        Statistics found = Statistics.of(new float[] {3, 3});

        assertThat(found.standardDeviation()).isZero();
        assertThat(found.histogram().edges()).startsWith(2.5).endsWith(3.5);
        assertThat(found.histogram().counts().get(10)).isEqualTo(2);
    }

    @Test
    void count_what_is_no_number_and_leave_it_out() {
        Statistics found =
                Statistics.of(new float[] {1, Float.NaN, Float.POSITIVE_INFINITY, 3, Float.NEGATIVE_INFINITY});

        assertThat(found.count()).isEqualTo(2);
        assertThat(found.nonFinite()).isEqualTo(3);
        assertThat(found.mean()).isEqualTo(2);
        assertThat(found.maximum()).isEqualTo(3);
    }

    @Test
    void of_nothing_finite_are_zeros() {
        Statistics found = Statistics.of(new float[] {Float.NaN});

        assertThat(found.count()).isZero();
        assertThat(found.nonFinite()).isEqualTo(1);
        assertThat(found.mean()).isZero();
        assertThat(found.histogram().counts()).containsOnly(0L);
    }

    @Test
    void of_the_largest_floats_stay_finite() {
        Statistics found = Statistics.of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE});

        assertThat(found.mean()).isZero();
        assertThat(found.standardDeviation()).isCloseTo(Float.MAX_VALUE, within(1e30));
        assertThat(found.histogram().counts().getFirst()).isEqualTo(1);
        assertThat(found.histogram().counts().getLast()).isEqualTo(1);
    }
}
