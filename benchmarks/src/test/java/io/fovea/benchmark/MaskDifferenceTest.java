package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The difference of two masks")
class MaskDifferenceTest {

    private static final float[] LOGITS = {0, 5, 0, 0}; // [2, 1, 2]: a tie, then the first class

    @Test
    void is_none_where_probabilities_are_the_softmax_and_classes_the_largest() {
        double sure = 1 / (1 + Math.exp(-5));
        float[] probabilities = {0.5f, (float) sure, 0.5f, (float) (1 - sure)};

        MaskDifference found = MaskDifference.of(LOGITS, probabilities, new byte[] {0, 0});

        assertThat(found.differing()).isZero();
        assertThat(found.greatest()).isLessThan(1e-7);
    }

    @Test
    void counts_pixels_of_another_class_and_keeps_the_greatest_difference_of_a_probability() {
        float[] probabilities = {0.5f, 0.25f, 0.75f, 0.75f};

        MaskDifference found = MaskDifference.of(LOGITS, probabilities, new byte[] {0, 1});

        assertThat(found.pixels()).isEqualTo(2);
        assertThat(found.differing()).isEqualTo(1);
        assertThat(found.greatest()).isBetween(0.74, 0.75);
    }
}
