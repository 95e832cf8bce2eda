package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The state of a search")
class SearchStateTest {

    private static final SearchSettings SETTINGS =
            Landscape.from(6, 0.1, 0.5, 11).withGenerations(200);

    private static Search after(String name, int generations) {
        Search search = Searches.begin(name, SETTINGS);
        while (search.generation() < generations) search.tell(Landscape.ROSENBROCK.at(search.ask()));
        return search;
    }

    @Nested
    @DisplayName("brought back")
    class BroughtBack {

        @ParameterizedTest
        @MethodSource("io.fovea.search.SearchTest#names")
        void goes_on_as_if_nothing_had_happened(String name) {
            Search search = after(name, 40);

            Search resumed =
                    Searches.resume(SETTINGS, SearchState.read(search.state().bytes()));

            for (int generation = 0; generation < 40; generation++) {
                assertThat(resumed.ask()).isDeepEqualTo(search.ask());
                search.tell(Landscape.ROSENBROCK.at(search.ask()));
                resumed.tell(Landscape.ROSENBROCK.at(resumed.ask()));
            }
            assertThat(resumed.mean()).containsExactly(search.mean());
            assertThat(resumed.best().orElseThrow().values())
                    .containsExactly(search.best().orElseThrow().values());
            assertThat(resumed.stepSize()).isEqualTo(search.stepSize());
            assertThat(resumed.evaluations()).isEqualTo(search.evaluations());
            assertThat(resumed.state().bytes()).isEqualTo(search.state().bytes());
        }

        @ParameterizedTest
        @MethodSource("io.fovea.search.SearchTest#names")
        void may_be_the_very_first(String name) {
            Search search = after(name, 0);

            assertThat(Searches.resume(SETTINGS, search.state()).ask()).isDeepEqualTo(search.ask());
        }

        @Test
        void remembers_why_it_stopped() {
            Search search = after("cma-es", 1);
            search.ask();
            double[] failed = new double[search.population()];
            Arrays.fill(failed, Double.NaN);
            search.tell(failed);

            assertThat(Searches.resume(SETTINGS, search.state()).stopReason()).contains(StopReason.NO_FITNESS);
        }

        @Test
        void may_plan_more_generations_than_before() {
            SearchState state = after("es-adam", 3).state();

            assertThatCode(() -> Searches.resume(SETTINGS.withGenerations(500), state))
                    .doesNotThrowAnyException();
        }

        @Test
        void is_not_to_be_had_while_candidates_are_out() {
            Search search = after("es-adam", 1);
            search.ask();

            assertThatThrownBy(search::state)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tell()");
        }
    }

    @Nested
    @DisplayName("of something else")
    class OfSomethingElse {

        private final SearchState state = after("es-adam", 3).state();

        private Problem refusal(String name, SearchSettings settings) {
            return refused(() -> Searches.entry(name).resume(settings, state));
        }

        @Test
        void names_the_other_algorithm() {
            assertThat(refusal("cma-es", SETTINGS).what())
                    .isEqualTo("The stored search has another algorithm: expected cma-es, found es-adam.");
        }

        @Test
        void names_the_other_dimensions() {
            assertThat(refusal("es-adam", Landscape.from(7, 0.1, 0.5, 11)).what())
                    .isEqualTo("The stored search has another number of dimensions: expected 7, found 6.");
        }

        @Test
        void names_the_other_seed() {
            Problem problem = refusal("es-adam", Landscape.from(6, 0.1, 0.5, 12));

            assertThat(problem.what()).isEqualTo("The stored search has another seed: expected 12, found 11.");
            assertThat(problem.where()).isEqualTo("the stored state of a search");
            assertThat(problem.remedy()).contains("settings that it was begun with");
        }

        @Test
        void names_the_other_population() {
            assertThat(refusal("es-adam", SETTINGS.withPopulation(8)).what())
                    .isEqualTo("The stored search has another population: expected 8, found 16.");
        }

        @Test
        void names_the_other_options() {
            AntitheticEs other =
                    new AntitheticEs(SETTINGS, AntitheticEs.Options.smooth().withLearningRate(0.5));

            assertThat(refused(() -> other.restore(state)).what()).contains("options", "learningRate=0.5");
        }

        @Test
        void is_refused_when_the_memory_has_another_length() {
            SearchState longer = new SearchState(
                    state.algorithm(),
                    state.options(),
                    state.dimensions(),
                    state.population(),
                    state.seed(),
                    Arrays.copyOf(state.memory(), state.memory().length + 8));
            SearchState shorter = new SearchState(
                    state.algorithm(),
                    state.options(),
                    state.dimensions(),
                    state.population(),
                    state.seed(),
                    Arrays.copyOf(state.memory(), state.memory().length - 8));

            assertThat(refused(() -> Searches.resume(SETTINGS, longer)).what()).contains("length");
            assertThat(refused(() -> Searches.resume(SETTINGS, shorter)).what()).contains("length");
        }
    }

    @Nested
    @DisplayName("as bytes")
    class AsBytes {

        private final byte[] bytes = after("es-adam", 3).state().bytes();

        @Test
        void is_refused_wherever_it_is_cut_off() {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatExceptionOfType(Problem.class).isThrownBy(() -> SearchState.read(cut));
            }
        }

        @Test
        void is_refused_whichever_byte_is_changed() {
            for (int position = 0; position < bytes.length; position++) {
                byte[] changed = bytes.clone();
                changed[position] ^= 1;
                assertThatExceptionOfType(Problem.class).isThrownBy(() -> SearchState.read(changed));
            }
        }

        @Test
        void says_how_much_of_it_there_is() {
            Problem problem = refused(() -> SearchState.read(Arrays.copyOf(bytes, 50)));

            assertThat(problem.threeLines()).isEqualTo("""
                The state is cut off after 50 bytes.
                  where: the stored state of a search
                  do:    begin the search anew, or take an older state that is whole\
                """);
        }

        @Test
        void says_when_it_is_something_else() {
            assertThat(refused(() -> SearchState.read("PK, says a zip file".getBytes()))
                            .what())
                    .isEqualTo("These bytes are no state of a search.");
        }
    }

    private static Problem refused(Runnable attempt) {
        try {
            attempt.run();
        } catch (Problem problem) {
            return problem;
        }
        throw new AssertionError("nothing was refused");
    }
}
