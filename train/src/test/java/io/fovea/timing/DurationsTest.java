package io.fovea.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Durations")
class DurationsTest {

    /** The same numbers as in percentiles.py. */
    private static Durations generated(int count) {
        Durations durations = new Durations();
        long x = 1;
        for (int i = 0; i < count; i++) {
            x = (1103515245 * x + 12345) & 0x7fffffff;
            durations.add(100_000 + x % 5_000_000);
        }
        return durations;
    }

    /** NumPy 1.24.2, by src/test/python/timing/percentiles.py. */
    @ParameterizedTest
    @CsvSource({
        "1, 3.62759, 3.62759, 3.62759, 3.62759, 3.62759, 3.62759, 3.62759",
        "2, 3.0645825, 2.501575, 3.0645825, 3.5149885000000003, 3.61632985, 3.626463985, 3.62759",
        "7, 2.7431935714285713, 0.115474, 3.002781, 3.7369136000000003, 3.88450046, 3.899259146, 3.900899",
        "10, 2.6111273, 0.115474, 2.9294655, 3.6549209, 3.87630119, 3.898439219, 3.900899",
        "100, 2.55520686, 0.115474, 2.6470665, 4.714178, 5.0902044900000005, 5.0946140490000005, 5.095104",
        "1000, 2.546792284, 0.101354, 2.557467, 4.539364, 5.06233583, 5.090159949, 5.095104",
        "4321, 2.585937904651701, 0.101216, 2.586992, 4.601506, 5.0654564, 5.096210360000001, 5.099781"
    })
    void have_the_percentiles_of_numpy(
            int count, double mean, double least, double p50, double p90, double p99, double p999, double most) {
        Durations durations = generated(count);
        assertThat(durations.count()).isEqualTo(count);
        assertThat(durations.meanMillis()).isCloseTo(mean, within(1e-9));
        assertThat(durations.millis(0)).isCloseTo(least, within(1e-9));
        assertThat(durations.medianMillis()).isCloseTo(p50, within(1e-9));
        assertThat(durations.millis(0.9)).isCloseTo(p90, within(1e-9));
        assertThat(durations.millis(0.99)).isCloseTo(p99, within(1e-9));
        assertThat(durations.millis(0.999)).isCloseTo(p999, within(1e-9));
        assertThat(durations.millis(1)).isCloseTo(most, within(1e-9));
    }

    @Test
    void count_what_is_added_after_a_percentile_was_asked_for() {
        Durations durations = new Durations();
        durations.add(3_000_000);
        durations.add(1_000_000);
        assertThat(durations.medianMillis()).isEqualTo(2);
        Durations further = new Durations();
        further.add(2_500_000);
        durations.addAll(further);
        assertThat(durations.medianMillis()).isEqualTo(2.5);
        assertThat(durations.seconds()).isCloseTo(0.0065, within(1e-12));
    }

    @Test
    void have_no_percentile_of_nothing_and_none_beyond_all() {
        assertThatThrownBy(() -> new Durations().medianMillis()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> generated(2).millis(1.01)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> generated(2).millis(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Durations().latency().json()).containsOnlyKeys("count");
    }

    @Test
    void tell_a_percentile_only_where_a_measurement_lies_beyond_it() {
        assertThat(generated(9).latency().p90()).isEmpty();
        assertThat(generated(10).latency().p90()).isPresent();
        assertThat(generated(99).latency().p99()).isEmpty();
        assertThat(generated(100).latency().p99()).isPresent();
        assertThat(generated(999).latency().p999()).isEmpty();
        assertThat(generated(1000).latency().json())
                .containsOnlyKeys(
                        "count", "meanMillis", "p50Millis", "p90Millis", "p99Millis", "p999Millis", "maxMillis");
    }
}
