package io.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pixels")
class PixelsTest {

    @Test
    void are_found_by_row_column_and_channel() {
        Pixels picture = new Pixels(2, 1, 3, new byte[] {1, 2, 3, 4, 5, (byte) 200});

        assertThat(picture.at(0, 0, 1)).isEqualTo(2);
        assertThat(picture.at(1, 0, 2)).isEqualTo(200);
    }

    @Test
    void need_as_many_values_as_their_shape_has() {
        assertThatThrownBy(() -> new Pixels(2, 2, 3, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected 12 values for [2, 2, 3], found 11");
    }

    @Test
    void need_as_many_values_even_if_these_do_not_fit_into_an_array() {
        assertThatThrownBy(() -> new Pixels(65_536, 65_536, 1, new byte[0]))
                .hasMessage("Expected 4294967296 values for [65536, 65536, 1], found 0");
    }

    @Test
    void are_grey_or_coloured() {
        assertThatThrownBy(() -> new Pixels(1, 1, 4, new byte[4])).hasMessage("channels must be 1 or 3, not 4");
    }
}
