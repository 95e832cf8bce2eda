package io.fovea.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.speed.Contest.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Steps of 64 pictures; five cold seconds, windows of a second and four steps, an engine that takes two seconds to start, a trial of a fifteenth at most. */
@DisplayName("A contest of two ways")
class ContestTest {

    private static final int STEP = 64;

    private final Contest contest = new Contest(Contest.Rule.USUAL, "one", "other");
    private final List<Turn> turns = new ArrayList<>();

    /** Does steps at a rate until it is told something else than to go on, or so many were done. */
    private Turn work(double imagesPerSecond, int steps, long left) {
        for (int i = 0; i < steps; i++) {
            Turn turn = contest.took(STEP, STEP / imagesPerSecond, left);
            turns.add(turn);
            if (turn != Turn.GO_ON) return turn;
        }
        return Turn.GO_ON;
    }

    @Test
    void tries_the_other_once_the_first_is_warm_and_keeps_it_if_it_is_faster() {
        long much = 10_000_000;
        assertThat(work(500, 10, much)).as("cold").isEqualTo(Turn.GO_ON);
        assertThat(work(2000, 40, much)).as("rising").isEqualTo(Turn.GO_ON);
        assertThat(work(4000, 600, much)).as("as fast as it gets").isEqualTo(Turn.TRY_OTHER);

        assertThat(work(100, 4, much)).as("starting").isEqualTo(Turn.GO_ON);
        assertThat(work(8000, 600, much)).isEqualTo(Turn.KEEP_OTHER);

        assertThat(contest.isOver()).isTrue();
        assertThat(contest.firstSpeed().orElseThrow().imagesPerSecond()).isCloseTo(4000, within(1.0));
        assertThat(contest.otherSpeed().orElseThrow().imagesPerSecond()).isCloseTo(8000, within(1.0));
        assertThat(work(8000, 200, much)).as("nothing more").isEqualTo(Turn.GO_ON);
    }

    @Test
    void returns_from_an_other_that_is_slower() {
        work(4000, 600, 10_000_000);
        assertThat(work(3000, 400, 10_000_000)).isEqualTo(Turn.RETURN);
    }

    @Test
    void returns_from_an_other_that_is_as_fast_as_noise_tells() {
        work(4000, 600, 10_000_000);
        assertThat(work(4080, 600, 10_000_000)).isEqualTo(Turn.RETURN);
    }

    @Test
    void tries_nothing_where_the_rest_is_too_short_to_pay_a_trial() {
        // a trial takes 4 s, so that the rest must take 60 s, 240,000 pictures
        assertThat(work(4000, 600, 230_000)).isEqualTo(Turn.GO_ON);
        assertThat(contest.isOver()).isTrue();
        assertThat(contest.otherSpeed()).isEmpty();
    }

    @Test
    void counts_what_the_start_costs_as_warm_up() {
        work(1000, 8, 10_000_000); // 0.512 s for what takes 0.128 s when warm
        work(4000, 600, 10_000_000);
        Speed first = contest.firstSpeed().orElseThrow();
        assertThat(first.warmUpSeconds()).isCloseTo(0.384, within(0.01));
        assertThat(first.seconds(40_000)).isCloseTo(10.384, within(0.02));
    }

    @Test
    void takes_windows_of_several_steps_where_a_step_is_long() {
        for (int i = 0; i < 4; i++) assertThat(contest.took(STEP, 2, 1_000_000)).isEqualTo(Turn.GO_ON);
        for (int i = 0; i < 7; i++) assertThat(contest.took(STEP, 2, 1_000_000)).isEqualTo(Turn.GO_ON);
        assertThat(contest.took(STEP, 2, 1_000_000)).as("two windows no faster").isEqualTo(Turn.TRY_OTHER);
    }
}
