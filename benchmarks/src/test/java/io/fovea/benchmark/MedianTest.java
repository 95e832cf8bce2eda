package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A median")
class MedianTest {

    @Test
    void is_the_value_in_the_middle_whatever_the_order() {
        assertThat(Median.of(List.of(900, 10, 20))).isEqualTo(20);
    }

    @Test
    void of_an_even_number_of_values_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Median.of(List.of(1, 2, 4, 100))).isEqualTo(3);
    }

    @Test
    void of_one_value_is_that_value() {
        assertThat(Median.of(List.of(7.5))).isEqualTo(7.5);
    }

    @Test
    void of_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Median.of(List.of()));
    }
}
