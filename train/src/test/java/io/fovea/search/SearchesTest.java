package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The catalogue of searches")
class SearchesTest {

    @Test
    void lists_them_with_the_usual_one_first() {
        assertThat(Searches.names())
                .containsExactly(
                        "es-adam",
                        "openai-es",
                        "pgpe",
                        "cma-es",
                        "sep-cma-es",
                        "lm-ma-es",
                        "es",
                        "pso",
                        "pso-constriction",
                        "spso2011",
                        "ga",
                        "de");
    }

    @ParameterizedTest
    @MethodSource("io.fovea.search.SearchTest#names")
    void makes_searches_that_know_their_name(String name) {
        assertThat(Searches.begin(name, Landscape.from(3, 0, 1, 1)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("io.fovea.search.SearchTest#names")
    void makes_searches_in_one_dimension(String name) {
        Search search = Searches.begin(name, Landscape.from(1, 1, 0.3, 1).withGenerations(100));

        while (search.generation() < 100) search.tell(Landscape.SPHERE.at(search.ask()));

        assertThat(Math.abs(search.mean()[0])).isLessThan(0.2);
    }

    @Test
    void offers_the_nearest_name() {
        assertThatThrownBy(() -> Searches.entry("cma-se")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("No search is named \"cma-se\".");
            assertThat(problem.remedy()).startsWith("did you mean \"cma-es\"?");
        });
    }

    @Test
    void refuses_more_dimensions_than_a_full_covariance_can_learn() {
        assertThatThrownBy(() -> Searches.begin("cma-es", Landscape.from(1025, 0, 1, 1)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what()).isEqualTo("cma-es works with at most 1024 dimensions, found 1025.");
                    assertThat(problem.remedy()).contains("sep-cma-es", "lm-ma-es");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"es-adam", "openai-es", "pgpe"})
    void refuses_half_a_pair(String name) {
        assertThatThrownBy(() -> Searches.begin(name, Landscape.from(3, 0, 1, 1).withPopulation(7)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.remedy()).isEqualTo("take 6 or 8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "sep-cma-es", "lm-ma-es", "es", "ga", "de"})
    void refuses_too_few_candidates(String name) {
        assertThatThrownBy(() -> Searches.begin(name, Landscape.from(3, 0, 1, 1).withPopulation(3)))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("The population must be at least 4, found 3."));
    }
}
