package io.fovea.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scale of values between layers")
class ActivationScaleTest {

    @Test
    void gives_zero_a_whole_number_of_its_own() {
        ActivationScale scale = ActivationScale.of(new Range(-1, 3)); // steps of 4/255, zero at 63.75

        assertThat(scale.zeroPoint()).isEqualTo(64);
        assertThat(scale.rounded(0)).isZero();
    }

    @Test
    void reaches_both_ends_of_its_range_and_grows_little_for_it() {
        ActivationScale even = ActivationScale.of(new Range(-1, 1));
        ActivationScale narrow = ActivationScale.of(new Range(-1.45, 253.55)); // zero at 1.45 steps of 1

        assertThat(even.rounded(-1)).isEqualTo(-1);
        assertThat(even.rounded(1)).isEqualTo(1);
        assertThat(narrow.rounded(-1.45f)).isBetween(-1.95f, -0.95f);
        assertThat(narrow.scale()).isBetween(1f, 1.01f);
    }

    /** With steps of 2/255 each level would lie between two whole numbers, and halves to the even one: half of them would be gone. */
    @Test
    void keeps_levels_of_pictures_from_minus_one_to_one_apart() {
        ActivationScale scale = ActivationScale.of(new Range(-1, 1));

        Set<Float> kept = new HashSet<>();
        for (int level = 0; level <= 255; level++) kept.add(scale.rounded(level / 127.5f - 1));

        assertThat(kept).hasSizeGreaterThanOrEqualTo(254);
    }

    @Test
    void cuts_off_what_lies_beyond() {
        ActivationScale scale = new ActivationScale(0.5f, 10); // −5 … 122.5

        assertThat(scale.rounded(-7)).isEqualTo(-5);
        assertThat(scale.rounded(1000)).isEqualTo(122.5f);
    }

    @Test
    void rounds_halves_to_the_even_neighbour() {
        ActivationScale scale = new ActivationScale(1, 0);

        assertThat(scale.rounded(2.5f)).isEqualTo(2);
        assertThat(scale.rounded(3.5f)).isEqualTo(4);
    }

    @Test
    void keeps_a_range_without_negative_values_at_zero() {
        assertThat(ActivationScale.of(new Range(0, 6)).zeroPoint()).isZero();
    }

    @Test
    void needs_zero_in_its_range() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(1, 2));
    }

    @Test
    void leaves_weights_seven_bits_unless_the_processor_adds_products_of_bytes_in_32_bits() {
        assertThat(WeightRange.of(Set.of("avx2", "avx512f"))).isEqualTo(WeightRange.SEVEN_BITS);
        assertThat(WeightRange.of(Set.of("avx2", "avx_vnni"))).isEqualTo(WeightRange.EIGHT_BITS);
        assertThat(WeightRange.of(Set.of("asimddp"))).isEqualTo(WeightRange.EIGHT_BITS);
        assertThat(2 * 255 * WeightRange.SEVEN_BITS.largest()).isLessThanOrEqualTo(Short.MAX_VALUE);
    }
}
