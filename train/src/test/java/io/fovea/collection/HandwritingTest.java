package io.fovea.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.SplitMix;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A handwriting")
class HandwritingTest {

    private static final List<double[]> CROSS =
            List.of(new double[] {0, 0, 0.5, 0.5, 1, 1}, new double[] {1, 0, 0.5, 0.5, 0, 1});

    private static Handwriting hand(long seed) {
        return new Handwriting(new SplitMix(seed), 28);
    }

    @Test
    void keeps_the_margin_whatever_it_draws() {
        for (long seed = 0; seed < 1000; seed++) {
            for (double[] stroke : hand(seed).write(CROSS, 3)) {
                for (double coordinate : stroke) assertThat(coordinate).isBetween(3 - 1e-9, 24 + 1e-9);
            }
        }
    }

    @Test
    void makes_a_digit_smaller_that_does_not_fit() {
        List<double[]> written = hand(1).write(CROSS, 13);

        for (double[] stroke : written) {
            for (double coordinate : stroke) assertThat(coordinate).isCloseTo(13.5, within(0.5 + 1e-9));
        }
    }

    @Test
    void keeps_each_stroke_with_its_points() {
        assertThat(hand(1).write(CROSS, 3)).extracting(stroke -> stroke.length).containsExactly(6, 6);
    }

    @Test
    void leaves_the_shape_itself_alone() {
        hand(1).write(CROSS, 3);

        assertThat(CROSS.getFirst()).containsExactly(0, 0, 0.5, 0.5, 1, 1);
    }

    @Test
    void is_another_for_another_seed() {
        assertThat(hand(1).write(CROSS, 3).getFirst())
                .isNotEqualTo(hand(2).write(CROSS, 3).getFirst());
    }
}
