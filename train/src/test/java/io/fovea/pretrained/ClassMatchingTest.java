package io.fovea.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Matching a dataset's classes with a network's")
class ClassMatchingTest {

    private static final List<String> NETWORK =
            List.of("tench, Tinca tinca", "maillot", "maillot, tank suit", "crane (134)", "crane (517)");

    @Test
    void goes_by_the_whole_name_whatever_its_case() {
        assertThat(ClassMatching.labels(List.of("Crane (517)", "maillot"), NETWORK)
                        .orElseThrow())
                .containsExactly(4, 1);
    }

    @Test
    void goes_by_a_synonym_that_only_one_class_has() {
        assertThat(ClassMatching.labels(List.of("Tinca tinca", "tank suit"), NETWORK)
                        .orElseThrow())
                .containsExactly(0, 2);
    }

    @Test
    void finds_nothing_where_a_class_is_unknown_or_could_be_two() {
        assertThat(ClassMatching.labels(List.of("tench", "cat"), NETWORK)).isEmpty();
        assertThat(ClassMatching.labels(List.of("crane"), NETWORK)).isEmpty();
    }
}
