package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Points among targets")
class TargetPointTest {

    @Test
    void are_pairs_of_names_that_end_in_x_and_y_in_any_order() {
        assertThat(TargetPoint.among(List.of(y("nose_y"), x("eye.x"), plain("age"), x("nose_x"), y("eye.y"))))
                .containsExactly(new TargetPoint("eye", 1, 4), new TargetPoint("nose", 3, 0));
    }

    @Test
    void may_have_the_letter_in_front_and_in_upper_case() {
        assertThat(TargetPoint.among(List.of(x("X mouth"), y("Y mouth"))))
                .containsExactly(new TargetPoint("mouth", 0, 1));
    }

    @Test
    void are_named_point_if_there_is_no_other_name() {
        assertThat(TargetPoint.among(List.of(x("x"), y("y")))).containsExactly(new TargetPoint("point", 0, 1));
    }

    @Test
    void need_both_sides_of_the_picture() {
        assertThat(TargetPoint.among(List.of(x("nose_x"), y("eye_y"), plain("tail_x"), y("tail_y"))))
                .isEmpty();
    }

    private static Target x(String name) {
        return new Target(name, Axis.X, 0, 1);
    }

    private static Target y(String name) {
        return new Target(name, Axis.Y, 0, 1);
    }

    private static Target plain(String name) {
        return new Target(name, Axis.NONE, 0, 1);
    }
}
