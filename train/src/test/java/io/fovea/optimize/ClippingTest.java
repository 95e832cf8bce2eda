package io.fovea.optimize;

import static io.fovea.optimize.OptimizationTest.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.thread.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Golden numbers: losses.json, made with PyTorch by src/test/python/losses.py. */
@DisplayName("A bound on gradients")
class ClippingTest {

    @Test
    void by_norm_shrinks_all_alike_as_pytorchs_does() {
        float[] gradients = gradients();
        assertThat(apply(new Clipping.ByNorm(2), gradients)).isCloseTo(13.0120, within(1e-4));
        assertThat(gradients).containsExactly(floats(LossTest.golden().get("clippedByNorm")), within(1e-6f));
    }

    @Test
    void by_norm_leaves_gradients_that_are_short_enough() {
        float[] gradients = gradients();
        apply(new Clipping.ByNorm(20), gradients);
        assertThat(gradients)
                .containsExactly(gradients())
                .containsExactly(floats(LossTest.golden().get("clippedByLargeNorm")));
    }

    @Test
    void by_value_bounds_each_by_itself() {
        float[] gradients = gradients();
        apply(new Clipping.ByValue(1), gradients);
        assertThat(gradients)
                .containsExactly(1, -1, 1, 0.5f, -0.25f)
                .containsExactly(floats(LossTest.golden().get("clippedByValue")));
    }

    @Test
    void leaves_what_is_behind_the_trained_ones() {
        float[] gradients = gradients();
        try (Workers workers = new Workers(1)) {
            new Clipping.ByValue(1).apply(gradients, 2, workers);
        }
        assertThat(gradients).containsExactly(1, -1, 12, 0.5f, -0.25f);
    }

    @Test
    void by_norm_gives_the_same_bits_for_any_number_of_workers() {
        SplittableRandom random = new SplittableRandom(1);
        float[] one = new float[50_001];
        for (int i = 0; i < one.length; i++) one[i] = (float) random.nextDouble(-1, 1);
        float[] other = one.clone();
        try (Workers single = new Workers(1);
                Workers three = new Workers(3)) {
            new Clipping.ByNorm(1).apply(one, one.length, single);
            new Clipping.ByNorm(1).apply(other, other.length, three);
        }
        assertThat(other).isEqualTo(one);
    }

    @Test
    void must_be_above_zero() {
        assertThatThrownBy(() -> new Clipping.ByNorm(0)).hasMessage("largest must be above 0: 0.0");
    }

    private static float[] gradients() {
        return new float[] {3, -4, 12, 0.5f, -0.25f};
    }

    private static double apply(Clipping clipping, float[] gradients) {
        try (Workers workers = new Workers(2)) {
            return clipping.apply(gradients, gradients.length, workers);
        }
    }
}
