package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Recombination")
class RecombinationTest {

    @Test
    void weighs_the_better_two_of_four_by_logarithms() {
        // ln 2.5 = 0.9163 and ln 2.5 − ln 2 = 0.2231, over their sum 1.1394
        Recombination recombination = Recombination.positive(4);

        assertThat(recombination.weights()).containsExactly(new double[] {0.80416, 0.19584, 0, 0}, within(1e-5));
        assertThat(recombination.mass()).isCloseTo(1.45977, within(1e-4)); // 1/(0.80416² + 0.19584²)
    }

    @Test
    void takes_back_as_much_from_the_worse_half_as_keeps_a_covariance_positive() {
        Recombination better = Recombination.positive(10);
        CovarianceRates rates = CovarianceRates.of(10, better.mass());

        double[] weights = better.active(10, rates.one(), rates.all()).weights();

        assertThat(Arrays.stream(weights, 0, 5).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(weights, 5, 10).sum()).isNegative();
        assertThat(-Arrays.stream(weights, 5, 10).sum())
                .isLessThanOrEqualTo((1 - rates.one() - rates.all()) / (10 * rates.all()) + 1e-12)
                .isLessThanOrEqualTo(1 + rates.one() / rates.all() + 1e-12);
        assertThat(weights).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void averages_the_better_half() {
        double[] mean = new Recombination(new double[] {0.75, 0.25, 0, 0}, 2, 1.6)
                .mean(new int[] {2, 0, 1, 3}, new double[][] {{4}, {100}, {8}, {100}});

        assertThat(mean).containsExactly(7);
    }
}
