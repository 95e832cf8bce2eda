package io.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time that is left")
class TimeLeftTest {

    private final TimeLeft timeLeft = new TimeLeft();

    private void mark(double seconds, double done) {
        timeLeft.mark((long) (seconds * 1e9), done);
    }

    @Test
    void is_not_told_before_three_seconds_are_over() {
        mark(0, 0);
        mark(1, 10);
        mark(2, 20);
        assertThat(timeLeft.until(100)).isEmpty();
    }

    @Test
    void follows_from_an_even_pace() {
        mark(0, 0);
        mark(2, 20);
        mark(4, 40);
        assertThat(timeLeft.until(100)).contains(Duration.ofSeconds(6));
    }

    @Test
    void is_not_told_while_a_cold_start_makes_the_pace_uneven() {
        mark(0, 0); // four seconds at a third of the speed
        mark(4, 40);
        mark(8, 160);
        assertThat(timeLeft.until(1000)).isEmpty();
    }

    @Test
    void follows_from_the_pace_after_a_cold_start() {
        mark(0, 0);
        mark(4, 40);
        mark(10, 220);
        mark(20, 520); // 30 a second
        assertThat(timeLeft.until(1120)).contains(Duration.ofSeconds(20));
    }

    @Test
    void is_not_told_while_nothing_is_done() {
        mark(0, 7);
        mark(5, 7);
        mark(10, 7);
        assertThat(timeLeft.until(100)).isEmpty();
    }

    @Test
    void counts_from_where_a_run_goes_on() {
        mark(100, 500);
        mark(102, 520);
        mark(104, 540);
        assertThat(timeLeft.until(600)).contains(Duration.ofSeconds(6));
    }
}
