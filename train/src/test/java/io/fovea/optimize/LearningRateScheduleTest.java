package io.fovea.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A learning-rate schedule")
class LearningRateScheduleTest {

    @Test
    void that_is_fixed_never_changes() {
        expect(new LearningRateSchedule.Fixed(), 0, 1, 0.5, 1, 1, 1);
    }

    @Test
    void by_steps_falls_by_the_factor_after_each_third() {
        expect(new LearningRateSchedule.Step(1.0 / 3, 0.1), 0, 1, 0.33, 1, 0.34, 0.1, 0.7, 0.01);
    }

    @Test
    void by_milestones_falls_at_each_of_them() {
        expect(new LearningRateSchedule.MultiStep(List.of(0.5, 0.85), 0.5), 0.49, 1, 0.5, 0.5, 0.9, 0.25);
    }

    @Test
    void that_is_exponential_falls_by_the_factor_with_each_hundredth() {
        expect(new LearningRateSchedule.Exponential(0.95), 0, 1, 0.01, 0.95, 0.02, 0.9025);
    }

    @Test
    void that_is_inverse_falls_to_one_over_the_root_of_eleven_at_the_end() {
        expect(new LearningRateSchedule.Inverse(0.1, 0.5), 0, 1, 1, 1 / Math.sqrt(11));
    }

    @Test
    void that_is_polynomial_ends_at_zero() {
        expect(new LearningRateSchedule.Polynomial(3), 0, 1, 0.5, 0.125, 1, 0);
    }

    @Test
    void that_is_a_sigmoid_is_half_way_down_in_the_middle() {
        expect(
                new LearningRateSchedule.Sigmoid(0.5, 0.1),
                0,
                1 / (1 + Math.exp(-5)),
                0.5,
                0.5,
                1,
                1 / (1 + Math.exp(5)));
    }

    @Test
    void that_is_a_cosine_is_half_way_down_in_the_middle() {
        expect(new LearningRateSchedule.Cosine(), 0, 1, 0.5, 0.5, 1, 0);
    }

    @Test
    void of_one_cycle_rises_from_its_start_to_one_and_falls_to_its_end() {
        expect(new LearningRateSchedule.OneCycle(0.25, 10, 1000), 0, 0.1, 0.125, 0.55, 0.25, 1, 1, 0.001);
    }

    @Test
    void with_warm_up_rises_in_a_line_to_where_the_other_takes_over() {
        LearningRateSchedule schedule = new LearningRateSchedule.WarmUp(0.2, new LearningRateSchedule.Polynomial(1));
        expect(schedule, 0, 0, 0.1, 0.4, 0.2, 0.8, 0.6, 0.4);
    }

    @Test
    void refuses_milestones_that_do_not_rise() {
        assertThatThrownBy(() -> new LearningRateSchedule.MultiStep(List.of(0.8, 0.5), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("milestones must rise");
    }

    /** Pairs of progress and factor. */
    private static void expect(LearningRateSchedule schedule, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(schedule.factor(pairs[i])).as("at %s", pairs[i]).isCloseTo(pairs[i + 1], within(1e-12));
        }
    }
}
