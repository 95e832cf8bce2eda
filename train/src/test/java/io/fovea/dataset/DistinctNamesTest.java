package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Class names of which no two are equal")
class DistinctNamesTest {

    @Test
    void stay_as_they_are_where_none_were() {
        DistinctNames distinct = DistinctNames.of(List.of("ant", "Ant", "bee"));

        assertThat(distinct.names()).containsExactly("ant", "Ant", "bee");
        assertThat(distinct.remarks()).isEmpty();
    }

    @Test
    void get_their_label_behind_them_where_some_were() {
        DistinctNames distinct = DistinctNames.of(List.of("crane", "maillot", "bee", "crane", "maillot"));

        assertThat(distinct.names()).containsExactly("crane (0)", "maillot (1)", "bee", "crane (3)", "maillot (4)");
        assertThat(distinct.remarks())
                .containsExactly(
                        "2 classes are named \"crane\": they are kept apart as \"crane (0)\", \"crane (3)\"",
                        "2 classes are named \"maillot\": they are kept apart as \"maillot (1)\", \"maillot (4)\"");
    }

    @Test
    void never_take_a_name_that_another_class_has() {
        assertThat(DistinctNames.of(List.of("a", "a", "a (1)")).names()).containsExactly("a (0)", "a (1)'", "a (1)");
    }
}
