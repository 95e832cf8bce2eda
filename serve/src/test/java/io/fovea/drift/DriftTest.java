package io.fovea.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.AnswerDistribution;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The population stability index")
class DriftTest {

    @Test
    void is_zero_where_nothing_moved() {
        StabilityIndex index = StabilityIndex.of(List.of(50L, 30L, 20L), new long[] {50, 30, 20});
        assertThat(index.value()).isZero();
    }

    @Test
    void is_what_numpy_and_scipy_say() {
        // serve/src/test/python/stability_index.py
        StabilityIndex index = StabilityIndex.of(List.of(700L, 200L, 90L, 10L, 0L), new long[] {120, 60, 15, 0, 5});
        assertThat(index.value()).isCloseTo(PSI, within(1e-12));
        assertThat(index.byChance()).isCloseTo(4 * (1.0 / 200 + 1.0 / 1000), within(1e-15));
    }

    private static final double PSI = 0.17670513193365492;

    @Test
    void stays_finite_where_a_bin_is_empty_on_one_side() {
        assertThat(StabilityIndex.of(List.of(10L, 0L), new long[] {0, 10}).value())
                .isGreaterThan(1)
                .isFinite();
    }

    @Test
    void counts_a_confidence_in_the_bin_whose_lower_bound_it_is() {
        List<Double> bounds = List.of(0.5, 0.9);
        assertThat(AnswerDistribution.bin(bounds, 0)).isZero();
        assertThat(AnswerDistribution.bin(bounds, 0.4999)).isZero();
        assertThat(AnswerDistribution.bin(bounds, 0.5)).isEqualTo(1);
        assertThat(AnswerDistribution.bin(bounds, Math.nextDown(0.5f))).isEqualTo(1); // a vote of five in ten
        assertThat(AnswerDistribution.bin(bounds, 0.9)).isEqualTo(2);
        assertThat(AnswerDistribution.bin(bounds, 1)).isEqualTo(2);
    }
}
