package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A search along estimated gradients")
class GradientSearchTest {

    @ParameterizedTest
    @ValueSource(strings = {"es-adam", "openai-es", "pgpe"})
    void finds_the_bottom_of_a_noisy_bowl_with_its_mean(String name) {
        Search search = Searches.begin(name, Landscape.from(20, 1, 0.1, 3).withGenerations(600));
        Random noise = new Random(7);

        while (search.generation() < 600) {
            double[] fitness = Landscape.SPHERE.at(search.ask());
            for (int i = 0; i < fitness.length; i++) fitness[i] += 0.1 * noise.nextGaussian();
            search.tell(fitness);
        }

        double mean = Landscape.SPHERE.at(search.mean()); // from 20
        assertThat(mean).isLessThan(0.02);
        assertThat(Landscape.SPHERE.at(search.best().orElseThrow().values())).isGreaterThan(mean);
        assertThat(search.best().orElseThrow().fitness()).isNegative(); // luck
    }

    @ParameterizedTest
    @ValueSource(strings = {"es-adam", "openai-es", "pgpe"})
    void draws_candidates_opposite_each_other(String name) {
        double[][] candidates =
                Searches.begin(name, Landscape.from(3, 1, 0.1, 1)).ask();

        for (int pair = 0; pair < candidates.length; pair += 2)
            for (int i = 0; i < 3; i++)
                assertThat(candidates[pair][i] + candidates[pair + 1][i]).isCloseTo(2, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"es-adam", "openai-es", "pgpe"})
    void does_not_care_in_which_unit_fitness_is_measured(String name) {
        Search small = Searches.begin(name, Landscape.from(5, 1, 0.1, 1));
        Search large = Searches.begin(name, Landscape.from(5, 1, 0.1, 1));

        for (int generation = 0; generation < 20; generation++) {
            small.tell(Landscape.SPHERE.at(small.ask()));
            large.tell(Arrays.stream(Landscape.SPHERE.at(large.ask()))
                    .map(value -> value * 0x1p40)
                    .toArray());
        }

        assertThat(large.mean()).containsExactly(small.mean(), within(1e-9));
    }

    @Nested
    @DisplayName("by es-adam")
    class ByAdam {

        @Test
        void first_steps_by_the_learning_rate_in_every_coordinate() {
            // x falls along the slope by σ/12 = 0.1, the coordinate that has no say stays within the same length
            SearchSettings settings = Landscape.from(1, 5, 1.2, 1);
            Search search = Searches.begin("es-adam", settings);

            search.tell(Arrays.stream(search.ask()).mapToDouble(x -> 3 * x[0]).toArray());

            assertThat(search.mean()[0]).isCloseTo(4.9, within(1e-12));
        }

        @Test
        void steps_a_fifth_as_far_in_the_last_planned_generation() {
            Search search =
                    Searches.begin("es-adam", Landscape.from(1, 5, 1.2, 1).withGenerations(100));
            double before = 0;
            for (int generation = 0; generation < 100; generation++) {
                before = search.mean()[0];
                double[][] candidates = search.ask();
                // ±1 whatever the distance keeps Adam's ratio near its first value
                double mean = before;
                search.tell(Arrays.stream(candidates)
                        .mapToDouble(x -> 1 / (x[0] - mean))
                        .toArray());
            }

            assertThat(before - search.mean()[0]).isCloseTo(0.02, within(1e-12));
        }
    }

    @Nested
    @DisplayName("by PGPE")
    class ByPgpe {

        @Test
        void never_steps_further_than_a_fifteenth_of_its_deviations() {
            Search search = Searches.begin("pgpe", Landscape.from(5, 100, 0.5, 1));

            for (int generation = 0; generation < 50; generation++) {
                double longest = search.stepSize() * Math.sqrt(5) / 15;
                double[] before = search.mean();
                search.tell(Landscape.SPHERE.at(search.ask()));
                double[] after = search.mean();
                double length = 0;
                for (int i = 0; i < 5; i++) length = Math.hypot(length, after[i] - before[i]);
                assertThat(length).isLessThanOrEqualTo(longest * (1 + 1e-12));
            }
        }

        @Test
        void narrows_where_the_valley_is_steep() {
            Search search = Searches.begin("pgpe", Landscape.from(10, 0, 0.3, 1).withPopulation(40));

            while (search.generation() < 100) search.tell(Landscape.ELLIPSOID.at(search.ask()));

            assertThat(search.stepSize()).isLessThan(0.3);
        }
    }
}
