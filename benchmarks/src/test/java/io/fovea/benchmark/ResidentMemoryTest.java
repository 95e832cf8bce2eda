package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The growth of resident memory")
class ResidentMemoryTest {

    @Test
    void is_one_when_memory_stays_as_it_is_after_the_start() {
        var memory = new ResidentMemory(500, List.of(10L, 100L, 500L, 500L, 500L, 500L, 500L, 500L));

        assertThat(memory.growth()).hasValue(1);
    }

    @Test
    void is_the_last_quarter_by_the_second() {
        var memory = new ResidentMemory(800, List.of(1L, 2L, 400L, 400L, 500L, 600L, 800L, 800L));

        assertThat(memory.growth()).hasValue(2);
    }

    @Test
    void is_unknown_after_too_few_samples() {
        assertThat(new ResidentMemory(500, List.of(500L, 500L)).growth()).isEmpty();
    }
}
