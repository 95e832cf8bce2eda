package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.benchmark.RankCosts.Line;
import io.fovea.benchmark.RankCosts.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The costs of ranks")
class RankCostsTest {

    /** 2 ms and 0.1 ms a picture; 1,000,000 numbers are 4 MB. */
    private final RankCosts costs = RankCosts.of(new Step(64, 8.4e-3), new Step(8, 2.8e-3), 64, 1_000_000);

    @Test
    void go_through_the_steps_that_were_measured() {
        assertThat(costs.fixed()).isCloseTo(2e-3, within(1e-12));
        assertThat(costs.perPicture()).isCloseTo(1e-4, within(1e-12));
        assertThat(costs.computing(1)).isCloseTo(8.4e-3, within(1e-12));
        assertThat(costs.computing(8)).isCloseTo(2.8e-3, within(1e-12));
    }

    @Test
    void round_a_rank_s_part_of_the_batch_up() {
        assertThat(costs.computing(3)).isCloseTo(2e-3 + 22e-4, within(1e-12));
    }

    @Test
    void are_those_of_one_process_for_one_rank() {
        assertThat(costs.speedUp(1, new Line(1, 1))).isEqualTo(1);
    }

    @Test
    void add_what_goes_twice_around_the_ring() {
        // 4 ranks: 2 * 3/4 of 4 MB at 1 GB/s are 6 ms, six rounds of 0.5 ms are 3 ms
        assertThat(costs.step(4, new Line(1e9, 5e-4))).isCloseTo(3.6e-3 + 6e-3 + 3e-3, within(1e-9));
    }
}
