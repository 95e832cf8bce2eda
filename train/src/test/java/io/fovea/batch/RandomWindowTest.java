package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A random window")
class RandomWindowTest {

    private final SplitMix random = new SplitMix(3);

    @Test
    void lies_within_the_picture_and_has_area_and_shape_within_the_bounds() {
        RandomWindow window = new RandomWindow(200, 400);
        int fitting = 0;
        for (int i = 0; i < 10_000; i++) {
            if (!window.draw(0.08, 1, 0.75, 4 / 3.0, random)) continue;
            fitting++;
            assertThat(window.left()).isBetween(0, 400 - window.width());
            assertThat(window.top()).isBetween(0, 200 - window.height());
            assertThat(window.width() * window.height() / 80_000.0).isBetween(0.078, 1.0);
            assertThat(window.width() / 2.0 / window.height()).isBetween(0.73, 1.37);
        }
        assertThat(fitting).isGreaterThan(9_900);
    }

    @Test
    void has_areas_drawn_evenly() {
        RandomWindow window = new RandomWindow(100, 100);
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            window.draw(0.2, 0.6, 0.8, 1.25, random);
            sum += window.width() * window.height() / 10_000.0;
        }
        assertThat(sum / 10_000).isCloseTo(0.4, within(0.005)); // four standard deviations of 0.115 / 100
    }

    @Test
    void is_as_often_wide_as_high() {
        RandomWindow window = new RandomWindow(1000, 1000);
        int wide = 0;
        for (int i = 0; i < 10_000; i++) {
            window.draw(0.1, 0.3, 0.5, 2, random);
            if (window.width() > window.height()) wide++;
        }
        assertThat(wide).isBetween(4_800, 5_200);
    }

    @Test
    void reaches_every_place() {
        RandomWindow window = new RandomWindow(2, 2);
        int[] corners = new int[4];
        for (int i = 0; i < 4_000; i++) {
            window.draw(0.25, 0.25, 1, 1, random);
            corners[window.top() * 2 + window.left()]++;
        }
        assertThat(Arrays.stream(corners)).allMatch(count -> count > 880 && count < 1_120);
    }

    @Test
    void that_never_fits_is_given_up() {
        RandomWindow window = new RandomWindow(10, 10);

        assertThat(window.draw(1, 1, 2, 3, random)).isFalse();
    }

    @Test
    void in_the_middle_has_the_shape_nearest_to_the_pictures() {
        RandomWindow window = new RandomWindow(10, 20);
        window.takeMiddle(2, 3); // at least twice as wide as the picture's shape

        assertThat(window.width()).isEqualTo(20);
        assertThat(window.height()).isEqualTo(5);
        assertThat(window.left()).isZero();
        assertThat(window.top()).isEqualTo(2);
    }

    @Test
    void in_the_middle_is_the_whole_picture_where_its_shape_is_allowed() {
        RandomWindow window = new RandomWindow(10, 20);
        window.takeMiddle(0.75, 1.5);

        assertThat(window.width()).isEqualTo(20);
        assertThat(window.height()).isEqualTo(10);
    }

    @Test
    void has_at_least_one_pixel() {
        RandomWindow window = new RandomWindow(1, 1);

        assertThat(window.draw(0.01, 0.01, 1, 1, random)).isTrue();
        assertThat(window.width()).isEqualTo(1);
        assertThat(window.height()).isEqualTo(1);
    }
}
