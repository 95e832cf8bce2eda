package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which way of serving is taken")
class TuningTest {

    private static Tuning.Trial trial(int batch, double picturesPerSecond, int p99) {
        return new Tuning.Trial(2, 1, batch, 2 * batch, 500, picturesPerSecond, Duration.ofMillis(p99));
    }

    private static final List<Tuning.Trial> TRIALS = List.of(trial(1, 100, 9), trial(2, 150, 20), trial(4, 170, 21));

    @Test
    void is_the_one_with_the_most_pictures_of_those_that_keep_within_the_latency() {
        Tuning tuning = Tuning.of("pets", Duration.ofMillis(20), TRIALS);
        assertThat(tuning.chosen()).isEqualTo(trial(2, 150, 20));
        assertThat(tuning.lines())
                .containsExactly(
                        "Tuning \"pets\" for 20.00 ms in 99 of 100 answers:",
                        "  workers 2, threads 1, batch 1: 100.0 pictures a second, 99 % within 9.00 ms (2 at once)",
                        "  workers 2, threads 1, batch 2: 150.0 pictures a second, 99 % within 20.00 ms (4 at once)"
                                + " <- taken",
                        "  workers 2, threads 1, batch 4: 170.0 pictures a second, 99 % within 21.00 ms (8 at once)");
    }

    @Test
    void is_none_where_all_are_too_slow_and_the_nearest_is_named() {
        assertThatThrownBy(() -> Tuning.of("pets", Duration.ofMillis(8), TRIALS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("do not come within 8.00 ms")
                .hasMessageContaining("99 % within 9.00 ms");
    }

    @Test
    void goes_by_the_time_that_ninety_nine_of_a_hundred_answers_take_at_most() {
        assertThat(Tuner.p99(LongStream.rangeClosed(1, 100).toArray())).isEqualTo(99);
        assertThat(Tuner.p99(LongStream.rangeClosed(1, 200).toArray())).isEqualTo(198);
        assertThat(Tuner.p99(new long[] {7})).isEqualTo(7);
    }

    @Test
    void is_asked_for_by_a_time_with_its_unit() {
        assertThat(Tuning.latency("20ms")).isEqualTo(Duration.ofMillis(20));
        assertThat(Tuning.latency("0.5s")).isEqualTo(Duration.ofMillis(500));
        for (String wrong : List.of("20", "ms", "-5ms", "0ms", "20 ms", "20min"))
            assertThatThrownBy(() -> Tuning.latency(wrong)).as(wrong).isInstanceOf(Problem.class);
    }
}
