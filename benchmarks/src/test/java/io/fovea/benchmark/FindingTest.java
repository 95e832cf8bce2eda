package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What came out of a run, beside what should have")
class FindingTest {

    private static final Finding A = new Finding("a", "1");
    private static final Finding B = new Finding("b", "2");
    private static final Finding C = new Finding("c", "3");

    @Test
    void differs_in_nothing_where_all_is_there_once_in_its_order_with_its_value() {
        assertThat(Finding.difference(List.of(A, B), List.of(A, B)).isNone()).isTrue();
    }

    @Test
    void has_lost_all_where_nothing_came_out() {
        Finding.Difference difference = Finding.difference(List.of(A, B), List.of());

        assertThat(difference.lost()).containsExactly("a", "b");
        assertThat(difference.moved()).isFalse();
    }

    @Test
    void is_doubled_where_it_is_there_again_or_was_not_expected() {
        Finding.Difference difference = Finding.difference(List.of(A, B), List.of(A, A, B, C));

        assertThat(difference.doubled()).containsExactly("a", "c");
        assertThat(difference.lost()).isEmpty();
        assertThat(difference.moved()).isFalse();
    }

    @Test
    void is_moved_where_what_is_left_stands_in_another_order() {
        Finding.Difference difference = Finding.difference(List.of(A, B, C), List.of(C, A));

        assertThat(difference.moved()).isTrue();
        assertThat(difference.lost()).containsExactly("b");
    }

    @Test
    void is_changed_where_a_name_has_another_value() {
        assertThat(Finding.difference(List.of(A, B), List.of(A, new Finding("b", "2.0")))
                        .changed())
                .containsExactly("b");
    }
}
