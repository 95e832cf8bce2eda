package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Beta distribution")
class BetaDistributionTest {

    private static final int DRAWS = 40_000;

    private static double[] draws(double alpha) {
        BetaDistribution distribution = new BetaDistribution(alpha);
        SplitMix random = new SplitMix(5);
        double[] values = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) values[i] = distribution.draw(random);
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 1, 3})
    void gives_values_up_to_each_bound_as_often_as_scipy_says(double alpha) {
        double[] values = draws(alpha);

        GoldenAugmentation.beta(alpha).forEach((bound, probability) -> {
            double found = Arrays.stream(values).filter(value -> value <= bound).count() / (double) DRAWS;
            assertThat(found).as("up to %s", bound).isCloseTo(probability, within(0.01)); // four standard deviations
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-6, 0.001, 10})
    void stays_between_0_and_1_for_every_alpha(double alpha) {
        assertThat(Arrays.stream(draws(alpha))).allMatch(value -> value >= 0 && value <= 1);
    }

    @Test
    void gives_the_same_values_for_the_same_seed() {
        assertThat(draws(0.3)).isEqualTo(draws(0.3));
    }
}
