package io.fovea.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Class weights in words")
class ClassWeightsTest {

    private static final int[] COUNTS = {50, 200, 0, 150}; // N = 400, K = 4

    @Test
    void give_every_class_the_same_share_if_they_are_balanced() {
        assertThat(new ClassWeights.Balanced().counted(COUNTS))
                .isEqualTo(new ClassWeights.Given(List.of(2.0, 0.5, 0.0, 400.0 / 600)));
    }

    @Test
    void are_the_square_roots_of_that_if_they_are_softened() {
        assertThat(new ClassWeights.Softened().counted(COUNTS))
                .isEqualTo(new ClassWeights.Given(List.of(Math.sqrt(2), Math.sqrt(0.5), 0.0, Math.sqrt(400.0 / 600))));
    }

    @Test
    void that_are_equal_or_given_stay_as_they_are() {
        assertThat(new ClassWeights.Equal().counted(COUNTS)).isEqualTo(new ClassWeights.Equal());
    }
}
