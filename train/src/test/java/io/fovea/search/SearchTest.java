package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A search")
class SearchTest {

    private static final String NAMES = "io.fovea.search.SearchTest#names";

    static List<String> names() {
        return Searches.names();
    }

    private static Search begin(String name) {
        return Searches.begin(name, Landscape.from(5, 1, 0.3, 7));
    }

    private static double[] all(Search search, double fitness) {
        double[] values = new double[search.population()];
        Arrays.fill(values, fitness);
        return values;
    }

    @Nested
    @DisplayName("of any kind")
    class OfAnyKind {

        @ParameterizedTest
        @MethodSource(NAMES)
        void comes_down_into_a_bowl(String name) {
            Search search = Searches.begin(name, Landscape.from(10, 1, 0.3, 1).withGenerations(400));

            while (search.generation() < 400) search.tell(Landscape.SPHERE.at(search.ask()));

            assertThat(Landscape.SPHERE.at(search.mean())).isLessThan(0.1); // from 10
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void asks_for_as_many_candidates_as_it_says(String name) {
            Search search = begin(name);

            assertThat(search.ask()).hasDimensions(search.population(), 5);
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void asks_for_the_same_again_until_it_is_told(String name) {
            Search search = begin(name);

            assertThat(search.ask()).isDeepEqualTo(search.ask());
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void gives_candidates_away(String name) {
            Search search = begin(name);
            double[] fitness = Landscape.SPHERE.at(search.ask());

            for (double[] candidate : search.ask()) Arrays.fill(candidate, 99);
            search.tell(fitness);

            double[] best = search.best().orElseThrow().values();
            assertThat(Landscape.SPHERE.at(best))
                    .isEqualTo(search.best().orElseThrow().fitness());
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void asks_the_same_with_the_same_seed_and_other_candidates_with_another(String name) {
            Search search = begin(name);
            Search same = begin(name);
            Search other = Searches.begin(name, Landscape.from(5, 1, 0.3, 8));
            for (Search each : List.of(search, same, other))
                for (int generation = 0; generation < 5; generation++) each.tell(Landscape.SPHERE.at(each.ask()));

            assertThat(same.ask()).isDeepEqualTo(search.ask());
            assertThat(Arrays.deepEquals(other.ask(), search.ask())).isFalse();
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void begins_at_the_start_with_the_given_spread(String name) {
            Search search = begin(name);

            assertThat(search.mean()).containsExactly(1, 1, 1, 1, 1);
            assertThat(search.stepSize()).isEqualTo(0.3);
            assertThat(search.best()).isEmpty();
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void never_takes_what_is_no_number_for_the_best(String name) {
            Search search = begin(name);
            double[] fitness = all(search, 3);
            fitness[0] = Double.NaN;
            fitness[1] = Double.NEGATIVE_INFINITY;
            fitness[2] = 2;
            double[] expected = search.ask()[2];

            search.tell(fitness);

            assertThat(search.best().orElseThrow().values()).containsExactly(expected);
            assertThat(search.best().orElseThrow().fitness()).isEqualTo(2);
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void comes_down_although_every_seventh_candidate_fails(String name) {
            Search search = Searches.begin(name, Landscape.from(5, 1, 0.3, 1).withGenerations(300));

            while (search.generation() < 300) {
                double[] fitness = Landscape.SPHERE.at(search.ask());
                for (int i = search.generation() % 7; i < fitness.length; i += 7) fitness[i] = Double.NaN;
                search.tell(fitness);
            }

            assertThat(Landscape.SPHERE.at(search.mean())).isLessThan(0.2); // from 5
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void stops_when_no_candidate_has_a_fitness_and_can_go_on(String name) {
            Search search = begin(name);

            search.ask();
            search.tell(all(search, Double.NaN));

            assertThat(search.stopReason()).contains(StopReason.NO_FITNESS);
            assertThat(search.best()).isEmpty();
            assertThat(search.mean()).containsExactly(1, 1, 1, 1, 1);
            search.tell(Landscape.SPHERE.at(search.ask()));
            assertThat(search.mean()).doesNotContain(Double.NaN);
        }

        @ParameterizedTest
        @MethodSource(NAMES)
        void stops_on_a_plain(String name) {
            Search search = begin(name);
            int patience = 10 + Math.ceilDiv(30 * 5, search.population());

            for (int generation = 0; generation < patience; generation++) {
                assertThat(search.stopReason()).isEmpty();
                search.ask();
                search.tell(all(search, 4));
            }

            assertThat(search.stopReason()).contains(StopReason.FITNESS_FLAT);
            assertThat(search.mean()).doesNotContain(Double.NaN);
        }
    }

    @Nested
    @DisplayName("told its fitness")
    class Told {

        @Test
        void counts_generations_and_evaluations() {
            Search search = begin("cma-es"); // λ = 4 + ⌊3·ln 5⌋ = 8

            for (int generation = 0; generation < 3; generation++) search.tell(Landscape.SPHERE.at(search.ask()));

            assertThat(search.generation()).isEqualTo(3);
            assertThat(search.evaluations()).isEqualTo(24);
        }

        @Test
        void stops_at_the_target() {
            Search search =
                    Searches.begin("cma-es", Landscape.from(5, 1, 0.3, 7).withTarget(0.5));

            Landscape.SPHERE.descend(search, 10_000);

            assertThat(search.stopReason()).contains(StopReason.TARGET_REACHED);
            assertThat(search.best().orElseThrow().fitness()).isLessThanOrEqualTo(0.5);
        }

        @Test
        void stops_when_its_steps_no_longer_matter() {
            Search search = Landscape.SPHERE.descend(begin("es"), 100_000);

            assertThat(search.stopReason()).contains(StopReason.STEP_TOO_SMALL);
        }

        @Test
        void stops_when_its_steps_grow_without_end() {
            Search search = begin("cma-es");

            while (search.stopReason().isEmpty() && search.generation() < 10_000) // a slope without a bottom
            search.tell(Arrays.stream(search.ask())
                    .mapToDouble(candidate -> candidate[0])
                    .toArray());

            assertThat(search.stopReason()).contains(StopReason.DIVERGED);
        }

        @Test
        void keeps_its_first_reason() {
            Search search = begin("cma-es");
            search.ask();
            search.tell(all(search, Double.NaN));

            search.tell(Landscape.SPHERE.at(search.ask()));

            assertThat(search.stopReason()).contains(StopReason.NO_FITNESS);
        }

        @Test
        void refuses_an_answer_to_no_question() {
            assertThatThrownBy(() -> begin("cma-es").tell(new double[8]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ask()");
        }

        @Test
        void refuses_the_wrong_number_of_answers() {
            Search search = begin("cma-es");
            search.ask();

            assertThatThrownBy(() -> search.tell(new double[7]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("8")
                    .hasMessageContaining("7");
        }
    }
}
