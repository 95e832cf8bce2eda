package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An affine map of a picture 100 wide and 50 high")
class AffineMapTest {

    private final AffineMap map = new AffineMap(50, 100);

    /** Where the point (10, 20) of the picture goes. */
    private void moves_the_point_to(double x, double y) {
        assertThat(map.outputX(10, 20)).isCloseTo(x, within(1e-12));
        assertThat(map.outputY(10, 20)).isCloseTo(y, within(1e-12));
    }

    @Test
    void without_steps_leaves_points_where_they_are() {
        moves_the_point_to(10, 20);
    }

    @Test
    void forgets_the_steps_before() {
        map.shift(5, 5);
        map.begin();

        moves_the_point_to(10, 20);
    }

    @Nested
    @DisplayName("of one step")
    class OneStep {

        @Test
        void exchanges_left_and_right() {
            map.flipHorizontally();

            moves_the_point_to(90, 20);
        }

        @Test
        void exchanges_top_and_bottom() {
            map.flipVertically();

            moves_the_point_to(10, 30);
        }

        @Test
        void moves() {
            map.shift(3, -4);

            moves_the_point_to(13, 16);
        }

        @Test
        void magnifies_about_the_centre() {
            map.scale(2);

            moves_the_point_to(-30, 15);
        }

        @Test
        void turns_counter_clockwise_about_the_centre() {
            map.rotate(90); // 40 to the left of the centre and 5 above it → 40 below it and 5 to its left

            moves_the_point_to(45, 65);
        }

        @Test
        void stretches_a_window_over_the_picture() {
            map.crop(5, 15, 50, 10); // twice as wide, five times as high

            moves_the_point_to(10, 25);
        }
    }

    @Nested
    @DisplayName("of several steps")
    class SeveralSteps {

        @Test
        void moves_points_in_the_order_of_the_steps() {
            map.flipHorizontally(); // 90, 20
            map.shift(4, 0); // 94, 20
            map.scale(2); // 138, 15

            moves_the_point_to(138, 15);
        }

        @Test
        void cuts_a_window_out_of_the_flipped_picture() {
            map.flipHorizontally(); // 90, 20
            map.crop(80, 10, 20, 20); // 10 of 20, 10 of 20

            moves_the_point_to(50, 25);
        }

        @Test
        void finds_the_way_back() {
            map.crop(5, 7, 60, 30);
            map.flipVertically();
            map.scale(1.3);
            map.rotate(33);
            map.shift(4.5, -2.25);

            double x = map.outputX(10, 20);
            double y = map.outputY(10, 20);

            assertThat(map.inputX(x, y)).isCloseTo(10, within(1e-12));
            assertThat(map.inputY(x, y)).isCloseTo(20, within(1e-12));
        }
    }
}
