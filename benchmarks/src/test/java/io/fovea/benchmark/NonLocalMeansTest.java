package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Non-local means")
class NonLocalMeansTest {

    @Test
    void leave_a_grey_picture_as_it_is() {
        byte[] grey = new byte[28 * 28];
        Arrays.fill(grey, (byte) 200);

        assertThat(NonLocalMeans.denoised(grey, 28, 28, 40)).isEqualTo(grey);
    }

    @Test
    void even_out_dots_that_are_weaker_than_their_strength() {
        byte[] dots = new byte[28 * 28];
        for (int i = 0; i < dots.length; i++) dots[i] = (byte) (i % 2 == 0 ? 100 : 110);

        byte[] back = NonLocalMeans.denoised(dots, 28, 28, 100);

        assertThat(back[14 * 28 + 14]).isBetween((byte) 104, (byte) 106);
    }

    @Test
    void find_their_strength_between_the_steps_of_the_coarse_grid() {
        assertThat(NonLocalMeans.best(h -> -Math.abs(h - 85))).isEqualTo(84);
    }

    @Test
    void take_the_smaller_of_two_strengths_that_are_as_good() {
        assertThat(NonLocalMeans.best(_ -> 1)).isEqualTo(4);
    }
}
