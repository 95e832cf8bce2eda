package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time that is left")
class TimeLeftTest {

    private static final long SECOND = 1_000_000_000L;

    private final TimeLeft left = new TimeLeft();

    @Test
    void is_not_told_before_ten_generations_and_three_seconds() {
        left.begin(0);
        for (int generation = 1; generation < 10; generation++)
            assertThat(left.after(generation * SECOND, 100)).isEmpty();
        assertThat(left.after(10 * SECOND, 100)).contains(Duration.ofSeconds(100));

        left.begin(0);
        for (int generation = 1; generation <= 29; generation++)
            assertThat(left.after(generation * SECOND / 10, 100)).isEmpty();
        assertThat(left.after(3 * SECOND, 100)).isPresent();
    }

    @Test
    void follows_the_later_half_as_the_first_generations_are_slow() {
        left.begin(0);
        long now = 0;
        Optional<Duration> told = Optional.empty();
        for (int generation = 1; generation <= 20; generation++) {
            now += generation <= 10 ? 5 * SECOND : SECOND;
            told = left.after(now, 300);
        }

        assertThat(told).contains(Duration.ofSeconds(300));
    }

    @Test
    void begins_anew_where_generations_of_another_kind_follow() {
        left.begin(0);
        for (int generation = 1; generation <= 20; generation++) left.after(generation * SECOND, 100);
        left.begin(20 * SECOND);

        assertThat(left.after(21 * SECOND, 100)).isEmpty();
    }
}
