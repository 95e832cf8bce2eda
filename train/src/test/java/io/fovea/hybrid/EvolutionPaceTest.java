package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of an evolution")
class EvolutionPaceTest {

    private final EvolutionPace pace = new EvolutionPace(0.5, 2);

    @Test
    void tells_how_many_generations_fit_into_a_time_beside_the_fits_of_the_head() {
        // 2 s for the first head, then 0.5 s each and 2 s more after every fourth: 10 of 1 s
        assertThat(pace.together(Duration.ofSeconds(12), 4)).isEqualTo(10);
        assertThat(new EvolutionPace(0.5, 0).together(Duration.ofSeconds(12), 4))
                .isEqualTo(24);
    }

    @Test
    void tells_how_many_fit_for_each_filter() {
        // 32 filters need three heads, 6 s; a generation of all of them takes 16 s
        assertThat(pace.perFilter(Duration.ofSeconds(86), 32)).isEqualTo(5);
    }

    @Test
    void leaves_one_generation_where_there_is_no_time() {
        assertThat(pace.together(Duration.ofMillis(1), 60)).isEqualTo(1);
        assertThat(pace.perFilter(Duration.ofMillis(1), 32)).isEqualTo(1);
    }
}
