package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("In many dimensions")
class LargeDimensionsTest {

    @Nested
    @DisplayName("sep-CMA-ES")
    class Separable {

        @Test
        void learns_the_scales_of_a_thousand_coordinates() {
            // Ros and Hansen 2008: evaluations grow a little faster than n on the separable ellipsoid
            long small = Landscape.ELLIPSOID.evaluations("sep-cma-es", 10, 1, 0.3, 3, 10_000);
            long large = Landscape.ELLIPSOID.evaluations("sep-cma-es", 1_000, 1, 0.3, 1, 500_000);

            assertThat(small).isBetween(1_800L, 3_500L);
            assertThat(large / (double) small).isBetween(100.0, 220.0);
        }

        @Test
        void needs_a_fraction_of_what_the_full_covariance_needs() {
            long full = Landscape.ELLIPSOID.evaluations("cma-es", 40, 1, 0.3, 1, 100_000);
            long separable = Landscape.ELLIPSOID.evaluations("sep-cma-es", 40, 1, 0.3, 1, 100_000);

            assertThat(separable).isLessThan(full / 3);
        }

        @Test
        void comes_down_a_sphere() {
            assertThat(Landscape.SPHERE.evaluations("sep-cma-es", 1_000, 1, 0.3, 1, 200_000))
                    .isBetween(60_000L, 120_000L);
        }
    }

    @Nested
    @DisplayName("LM-MA-ES")
    class LimitedMemory {

        @Test
        void comes_down_a_sphere() {
            assertThat(Landscape.SPHERE.evaluations("lm-ma-es", 1_000, 1, 0.3, 1, 200_000))
                    .isBetween(60_000L, 120_000L);
        }

        @Test
        void comes_down_an_ellipsoid() {
            Search search = Searches.begin("lm-ma-es", Landscape.from(1_000, 1, 0.3, 1));

            Landscape.ELLIPSOID.descend(search, 30_000);

            assertThat(Landscape.ELLIPSOID.at(search.mean())).isLessThan(1e6); // from 7.3e7
        }

        @Test
        void follows_a_bent_valley_that_no_scaling_of_axes_can_straighten() {
            long limited = Landscape.ROSENBROCK.evaluations("lm-ma-es", 10, 0.1, 0.3, 1, 200_000);
            long separable = Landscape.ROSENBROCK.evaluations("sep-cma-es", 10, 0.1, 0.3, 1, 200_000);

            assertThat(limited).isLessThan(separable / 3);
        }
    }
}
