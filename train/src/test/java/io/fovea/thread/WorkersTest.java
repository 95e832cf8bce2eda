package io.fovea.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A team of workers")
@Timeout(60)
class WorkersTest {

    @Test
    void does_each_part_once_and_waits_for_all() {
        try (Workers workers = new Workers(3)) {
            int[] rounds = new int[3];
            for (int round = 0; round < 5_000; round++) workers.run(part -> rounds[part]++);
            assertThat(rounds).containsExactly(5_000, 5_000, 5_000);
        }
    }

    @Test
    void shows_each_part_what_the_parts_of_the_round_before_wrote() {
        try (Workers workers = new Workers(2)) {
            int[] values = new int[2];
            for (int round = 0; round < 2_000; round++) {
                workers.run(part -> values[part]++);
                int[] seen = new int[2];
                workers.run(part -> seen[part] = values[1 - part]);
                assertThat(seen).containsExactly(round + 1, round + 1);
            }
        }
    }

    @Test
    void cuts_a_range_without_gap_or_overlap() {
        try (Workers workers = new Workers(3)) {
            for (int length : new int[] {1, 7, 4096, 10_001}) {
                int[] touched = new int[length];
                workers.ranges(length, 8, (from, to) -> {
                    for (int i = from; i < to; i++) touched[i]++;
                });
                assertThat(Arrays.stream(touched).allMatch(count -> count == 1)).isTrue();
            }
        }
    }

    @Test
    void hands_on_what_a_part_throws_after_all_have_ended() {
        try (Workers workers = new Workers(2)) {
            AtomicInteger ended = new AtomicInteger();
            assertThatThrownBy(() -> workers.run(part -> {
                        ended.incrementAndGet();
                        if (part == 1) throw new IllegalStateException("part one");
                    }))
                    .hasMessage("part one");
            assertThat(ended).hasValue(2);
            workers.run(part -> ended.incrementAndGet());
            assertThat(ended).hasValue(4);
        }
    }

    @Test
    void wakes_up_after_a_pause() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            AtomicInteger count = new AtomicInteger();
            workers.run(part -> count.incrementAndGet());
            Thread.sleep(50);
            workers.run(part -> count.incrementAndGet());
            assertThat(count).hasValue(4);
        }
    }

    @Test
    void refuses_work_when_it_is_closed() {
        Workers workers = new Workers(2);
        workers.close();
        assertThatThrownBy(() -> workers.run(part -> {})).isInstanceOf(IllegalStateException.class);
    }
}
