package io.fovea.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is wanted of the requests for a name")
class TrafficPlanTest {

    private static final Target ONE = new Target("pets", Optional.of(1L));
    private static final Target TWO = new Target("pets", Optional.of(2L));

    private static TrafficPlan split(String words) {
        return TrafficPlan.of(List.of("pets=" + words), List.of()).get("pets");
    }

    @Test
    void is_read_from_the_words_of_options() {
        Map<String, TrafficPlan> plans =
                TrafficPlan.of(List.of("pets=1:90,2:10", "cats=big:1,big/3:2.5"), List.of("pets=big", "dogs=2:0.5"));
        assertThat(plans).containsOnlyKeys("pets", "cats", "dogs");
        assertThat(plans.get("pets"))
                .isEqualTo(new TrafficPlan(
                        List.of(new TrafficPlan.Share(ONE, 90), new TrafficPlan.Share(TWO, 10)),
                        Optional.of(new TrafficPlan.Shadow(new Target("big", Optional.empty()), 100))));
        assertThat(plans.get("cats").split())
                .containsExactly(
                        new TrafficPlan.Share(new Target("big", Optional.empty()), 1),
                        new TrafficPlan.Share(new Target("big", Optional.of(3L)), 2.5));
        assertThat(plans.get("dogs").shadow())
                .contains(new TrafficPlan.Shadow(new Target("dogs", Optional.of(2L)), 0.5));
    }

    @Test
    void is_refused_where_it_says_nothing_that_can_be_done() {
        for (String wrong :
                List.of("pets", "=1:1", "pets=", "pets=1", "pets=1:0", "pets=1:-1", "pets=1:x", "pets=1:NaN"))
            assertThatThrownBy(() -> TrafficPlan.of(List.of(wrong), List.of()))
                    .as(wrong)
                    .isInstanceOf(Problem.class);
        for (String wrong : List.of("pets=1:1,1:2", "pets=1:1,", "pets=:1", "pets=a/x:1"))
            assertThatThrownBy(() -> TrafficPlan.of(List.of(wrong), List.of()))
                    .as(wrong)
                    .isInstanceOf(Problem.class);
        for (String wrong : List.of("pets=2:0", "pets=2:101", "2", "pets=2:x"))
            assertThatThrownBy(() -> TrafficPlan.of(List.of(), List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> TrafficPlan.of(List.of("pets=1:1", "pets=2:1"), List.of()))
                .hasMessageContaining("two of them");
    }

    @Test
    void gives_each_the_part_of_the_points_that_its_weight_is_of_all() {
        TrafficPlan plan = split("1:3,2:1");
        assertThat(plan.from(0).getFirst()).isEqualTo(ONE);
        assertThat(plan.from(0.7499).getFirst()).isEqualTo(ONE);
        assertThat(plan.from(0.75).getFirst()).isEqualTo(TWO);
        assertThat(plan.from(0.9999).getFirst()).isEqualTo(TWO);
    }

    @Test
    void names_after_the_one_that_answers_who_would_if_it_did_not() {
        assertThat(split("1:1,2:1").from(0.6)).containsExactly(TWO, ONE);
    }

    @Test
    void takes_of_every_hundred_requests_the_share_to_within_one_or_two() {
        TrafficPlan plan = split("1:90,2:10");
        Points points = Points.ofSplit();
        for (int hundred = 0; hundred < 50; hundred++) {
            int second = 0;
            for (int i = 0; i < 100; i++)
                if (plan.from(points.next()).getFirst().equals(TWO)) second++;
            assertThat(second).isBetween(8, 12);
        }
    }

    @Test
    void mirrors_of_each_version_the_same_share() {
        TrafficPlan plan = split("1:50,2:50");
        Points points = Points.ofSplit();
        Points shadowed = Points.ofShadow();
        int both = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean isSecond = plan.from(points.next()).getFirst().equals(TWO);
            if (shadowed.next() < 0.2 && isSecond) both++;
        }
        assertThat(both).isBetween(90, 110); // half of a fifth
    }

    @Test
    void a_key_has_the_point_that_sha_256_gives_it_wherever_it_is_asked() {
        // printf 'pets\0ann' | sha256sum: the first 53 bits of the hash, divided by 2^53
        assertThat(Points.of("pets", "ann")).isEqualTo(POINT_OF_ANN);
        assertThat(Points.of("cats", "ann")).isNotEqualTo(POINT_OF_ANN);
    }

    private static final double POINT_OF_ANN = 0.8821631251948279;

    @Test
    void a_split_that_moves_moves_no_more_keys_than_it_must() {
        TrafficPlan before = split("1:90,2:10");
        TrafficPlan after = split("1:80,2:20");
        for (int key = 0; key < 1_000; key++) {
            double point = Points.of("pets", "key " + key);
            boolean cameBack = before.from(point).getFirst().equals(TWO)
                    && after.from(point).getFirst().equals(ONE);
            assertThat(cameBack).isFalse();
        }
    }
}
