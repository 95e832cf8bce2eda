package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Resizing a mask")
class MaskResizeTest {

    private static final byte NOTHING = 9;

    @Test
    void leaves_one_of_the_wanted_size_as_it_is() {
        assertThat(resized(new byte[] {1, 2, 3, 4}, 2, 2, 2, 2, ResizeMode.SQUASH))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void repeats_classes_and_never_blends_them() {
        assertThat(resized(new byte[] {1, 5}, 1, 2, 2, 4, ResizeMode.SQUASH)).containsExactly(1, 1, 5, 5, 1, 1, 5, 5);
    }

    @Test
    void takes_the_pixel_in_the_middle_where_it_gets_smaller() {
        assertThat(resized(new byte[] {1, 2, 3}, 1, 3, 1, 1, ResizeMode.SQUASH)).containsExactly(2);
    }

    @Test
    void knows_nothing_where_a_fit_leaves_no_picture() {
        assertThat(resized(new byte[] {1, 2}, 1, 2, 2, 2, ResizeMode.FILL)).containsExactly(1, 2, NOTHING, NOTHING);
    }

    @Test
    void cuts_what_a_crop_cuts() {
        assertThat(resized(new byte[] {1, 2, 3}, 1, 3, 1, 1, ResizeMode.CROP)).containsExactly(2);
    }

    @Test
    void refuses_a_mask_of_another_size_than_it_is_said_to_have() {
        assertThatThrownBy(() -> resized(new byte[3], 2, 2, 1, 1, ResizeMode.SQUASH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a mask of 2x2, found 3 values");
    }

    private static byte[] resized(byte[] mask, int fromHeight, int fromWidth, int height, int width, ResizeMode mode) {
        return MaskResize.to(mask, fromHeight, fromWidth, height, width, mode, 0, NOTHING);
    }
}
