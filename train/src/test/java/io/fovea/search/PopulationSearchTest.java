package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A search with a population")
class PopulationSearchTest {

    @ParameterizedTest
    @CsvSource({
        "es, SPHERE, 1000, 2000",
        "pso-constriction, SPHERE, 3500, 7000",
        "pso-constriction, ELLIPSOID, 5000, 12000",
        "spso2011, SPHERE, 4000, 8000",
    })
    void comes_down_in_ten_dimensions(String name, Landscape landscape, long least, long most) {
        assertThat(landscape.evaluations(name, 10, 1, 0.3, 5, 2 * most)).isBetween(least, most);
    }

    @Nested
    @DisplayName("by differential evolution")
    class ByDifferences {

        @Test
        void needs_as_many_evaluations_as_an_independent_library() {
            // SciPy 1.10, differential_evolution("rand1bin", 0.5, 0.9), 100 members, seeds 1 to 7;
            // src/test/python/search/differential_evolution.py
            long theirs = 21_136;

            long ours = Landscape.SPHERE.evaluations("de", 10, 0.2, 1, 5, 50_000);

            assertThat(ours / (double) theirs).isBetween(1 / 1.15, 1.15);
        }
    }

    @Nested
    @DisplayName("by particles")
    class ByParticles {

        @Test
        void keeps_classic_particles_below_their_limit() {
            Search search = Searches.begin("pso", Landscape.from(3, 1, 0.4, 1));
            double limit = Math.sqrt(3) / 2 * 0.4;
            search.tell(Landscape.SPHERE.at(search.ask()));
            double[][] before = search.ask();

            for (int generation = 0; generation < 50; generation++) {
                search.tell(Landscape.SPHERE.at(search.ask()));
                double[][] after = search.ask();
                for (int k = 0; k < after.length; k++)
                    for (int i = 0; i < 3; i++)
                        assertThat(Math.abs(after[k][i] - before[k][i])).isLessThan(limit + 1e-12);
                before = after;
            }
        }

        @Test
        void begins_with_the_start_itself() {
            for (String name : Arrays.asList("pso", "pso-constriction", "spso2011", "ga", "de")) {
                Search search = Searches.begin(name, Landscape.from(2, 7, 0.5, 1));

                assertThat(search.ask()[0]).containsExactly(7, 7);
            }
        }
    }

    @Nested
    @DisplayName("by a genetic algorithm")
    class ByGenes {

        @Test
        void judges_its_elite_again() {
            Search search = Searches.begin("ga", Landscape.from(3, 1, 0.4, 1).withPopulation(20));
            double[][] first = search.ask();
            double[] fitness = Landscape.SPHERE.at(first);
            int[] order = Ranking.order(fitness);

            search.tell(fitness);

            assertThat(search.ask()[0]).containsExactly(first[order[0]]);
            assertThat(search.ask()[1]).containsExactly(first[order[1]]);
        }

        @Test
        void comes_close_in_the_generations_planned() {
            Search search = Searches.begin("ga", Landscape.from(10, 1, 0.3, 3).withGenerations(300));

            while (search.generation() < 300) search.tell(Landscape.SPHERE.at(search.ask()));

            assertThat(search.best().orElseThrow().fitness()).isLessThan(1e-5);
        }
    }

    @Nested
    @DisplayName("by the plain evolution strategy")
    class ByMean {

        @Test
        void keeps_its_step_size_where_told_to() {
            SimpleEs.Options options = new SimpleEs.Options(0.25, SimpleEs.StepSize.FIXED);
            Search search = new SimpleEs(Landscape.from(5, 1, 0.3, 1), options);

            while (search.generation() < 50) search.tell(Landscape.SPHERE.at(search.ask()));

            assertThat(search.stepSize()).isEqualTo(0.3);
            assertThat(Landscape.SPHERE.at(search.mean())).isLessThan(0.5); // from 5
        }
    }
}
