package io.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Two classifiers on the same pictures")
class PairedComparisonTest {

    /** Expected values: src/test/python/evaluation/mcnemar.py. */
    @ParameterizedTest
    @CsvSource({
        "1,0,1.0",
        "6,0,0.03125",
        "3,9,0.14599609375",
        "10,25,0.016673847800120715",
        "400,300,0.00017847631448562662"
    })
    void differ_by_chance_as_often_as_the_binomial_distribution_says(long first, long second, double expected) {
        assertThat(new PairedComparison(1_000, first, second).pValue()).isCloseTo(expected, within(1e-12));
        assertThat(new PairedComparison(1_000, second, first).pValue()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void are_counted_where_only_one_of_them_is_right() {
        PairedComparison comparison = PairedComparison.of(
                new boolean[] {true, true, false, false, true}, new boolean[] {true, false, true, false, false});

        assertThat(comparison).isEqualTo(new PairedComparison(5, 2, 1));
        assertThat(comparison.gain()).isCloseTo(-0.2, within(1e-15));
    }

    @Test
    void are_not_told_apart_by_one_picture_or_by_none() {
        assertThat(new PairedComparison(1_000, 0, 1).isBeyondChance()).isFalse();
        assertThat(new PairedComparison(0, 0, 0).pValue()).isEqualTo(1);
        assertThat(new PairedComparison(0, 0, 0).gain()).isZero();
    }

    @Test
    void are_told_apart_by_six_pictures_that_all_fall_to_one() {
        assertThat(new PairedComparison(1_000, 5, 0).isBeyondChance()).isFalse();
        assertThat(new PairedComparison(1_000, 6, 0).isBeyondChance()).isTrue();
    }

    @Test
    void must_have_been_asked_about_the_same_pictures() {
        assertThatThrownBy(() -> PairedComparison.of(new boolean[2], new boolean[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected 2 answers, found 3");
    }

    @Test
    void tells_the_interval_of_the_gain() {
        // scipy.stats.norm.ppf(0.975) * sqrt(b + c - (c - b)**2 / n) / n with b = 87.5, c = 59.5, n = 10002
        PairedComparison comparison = new PairedComparison(10_000, 87, 59);
        assertThat(comparison.interval().low()).isCloseTo(-0.0051746, within(1e-6));
        assertThat(comparison.interval().high()).isCloseTo(-0.0004243, within(1e-6));
        assertThat(new PairedComparison(0, 0, 0).interval().low()).isCloseTo(-0.979982, within(1e-6));
    }
}
