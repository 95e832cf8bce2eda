package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Times of generations")
class GenerationTimesTest {

    private final GenerationTimes times = new GenerationTimes(2, 4);

    @Test
    void leave_out_the_warm_up_and_the_generations_with_a_fit_of_the_head() {
        times.add(1, 9, 10);
        times.add(2, 9, 20);
        times.add(3, 0.25, 30);
        times.add(4, 7, 40); // with a fit
        times.add(5, 0.75, 70);

        assertThat(times.counted()).isEqualTo(2);
        assertThat(times.medianMilliseconds()).isEqualTo(500);
        assertThat(times.evaluationsPerSecond()).isEqualTo(40); // 10 and 30 in 1 s
    }

    @Test
    void hold_everything_in_the_whole() {
        times.add(1, 9, 10);
        times.add(2, 1, 20);
        times.add(3, 0.5, 30);

        assertThat(times.secondsInAll()).isCloseTo(10.5, within(1e-9));
        assertThat(times.evaluations()).isEqualTo(30);
    }

    @Test
    void say_what_nineteen_of_twenty_keep_within() {
        GenerationTimes twenty = new GenerationTimes(1, 100);
        for (int generation = 1; generation <= 21; generation++)
            twenty.add(generation, generation / 1000.0, generation);

        assertThat(twenty.counted()).isEqualTo(20);
        assertThat(twenty.ninetyFifthMilliseconds()).isCloseTo(20, within(1e-9)); // of 2 … 21
    }

    @Test
    void never_count_the_first_generation() {
        assertThatThrownBy(() -> new GenerationTimes(0, 60)).isInstanceOf(IllegalArgumentException.class);
    }
}
