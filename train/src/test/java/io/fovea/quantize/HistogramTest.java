package io.fovea.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A histogram of values between layers")
class HistogramTest {

    private final Histogram histogram = new Histogram();

    private long counted() {
        return IntStream.range(0, Histogram.BINS).mapToLong(histogram::count).sum();
    }

    @Test
    void doubles_its_bins_to_the_right_and_to_the_left_and_loses_no_value() {
        histogram.add(new float[] {0, 1});
        double first = histogram.width();

        histogram.add(new float[] {3.5f});
        assertThat(histogram.width()).isEqualTo(4 * first);
        histogram.add(new float[] {-3});

        assertThat(histogram.width()).isEqualTo(8 * first);
        assertThat(counted()).isEqualTo(4);
        assertThat(histogram.range()).isEqualTo(new Range(-3, 3.5));
    }

    @Test
    void keeps_values_near_where_they_were_counted() {
        histogram.add(new float[] {0, 1, 1, 1});
        histogram.add(new float[] {100});

        int bin = IntStream.range(0, Histogram.BINS)
                .filter(i -> histogram.count(i) == 3)
                .findFirst()
                .orElseThrow();
        assertThat(histogram.middle(bin)).isCloseTo(1, within(histogram.width()));
    }

    @Test
    void takes_values_that_are_all_alike() {
        histogram.add(new float[] {2, 2, 2});
        histogram.add(new float[] {2});

        assertThat(counted()).isEqualTo(4);
        assertThat(histogram.range()).isEqualTo(new Range(0, 2));
    }

    @Test
    void takes_zeros_only() {
        histogram.add(new float[3]);

        for (RangeRule rule : RangeRule.values()) assertThat(rule.of(histogram)).isEqualTo(new Range(0, 0));
        assertThat(ActivationScale.of(new Range(0, 0))).isEqualTo(new ActivationScale(1, 0));
    }

    @Test
    void refuses_what_is_no_number() {
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.add(new float[] {1, Float.NaN}));
    }

    @ParameterizedTest
    @EnumSource(RangeRule.class)
    void gives_a_range_within_its_values_that_holds_most_of_them(RangeRule rule) {
        // 0.01 … 1 evenly, 100 times, and one value of 50
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) values[i] = (i % 100 + 1) / 100f;
        histogram.add(values);
        histogram.add(new float[] {50});

        Range range = rule.of(histogram);

        assertThat(range.low()).isZero();
        if (rule == RangeRule.MIN_MAX) assertThat(range.high()).isEqualTo(50);
        else assertThat(range.high()).isBetween(0.9, 50.0);
        if (rule == RangeRule.PERCENTILE) assertThat(range.high()).isLessThan(1.1);
    }

    @Test
    void lets_the_smallest_squared_error_cut_off_what_is_rare_and_near() {
        // an outlier of 4 costs (4 − r)² once; a range of 4 costs step² / 12 for each of a million
        float[] values = new float[1_000_000];
        for (int i = 0; i < values.length; i++) values[i] = (i % 1000) / 1000f;
        histogram.add(values);
        histogram.add(new float[] {4});

        double reach = RangeRule.SQUARED_ERROR.of(histogram).high();

        // numpy: the minimum of (4 - r)**2 + 1e6 * (r / 255)**2 / 12 for r >= 1 is at r = 1.75
        assertThat(reach).isCloseTo(1.75, within(0.1));
    }
}
