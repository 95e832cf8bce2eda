package io.fovea.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A histogram")
class HistogramTest {

    @Test
    void of_nothing_counts_nothing() {
        assertThat(Histogram.of()).isEqualTo(Histogram.EMPTY);
    }

    @Test
    void of_one_number_is_one_bucket_that_ends_at_it() {
        assertThat(Histogram.of(3f)).isEqualTo(new Histogram(3, 3, 1, 3, 9, List.of(3.0), List.of(1L)));
    }

    @Test
    void of_equal_numbers_is_one_bucket() {
        assertThat(Histogram.of(-2f, -2f, -2f)).isEqualTo(new Histogram(-2, -2, 3, -6, 12, List.of(-2.0), List.of(3L)));
    }

    @Test
    void counts_every_number_once_from_the_smallest_to_the_largest() {
        Histogram histogram = Histogram.of(0f, 1f, 32f, 63.5f, 64f);
        assertThat(histogram.min()).isZero();
        assertThat(histogram.max()).isEqualTo(64);
        assertThat(histogram.count()).isEqualTo(5);
        assertThat(histogram.sum()).isEqualTo(160.5);
        assertThat(histogram.limits()).hasSize(64).startsWith(1.0, 2.0, 3.0).endsWith(63.0, 64.0);
        assertThat(histogram.counts().getFirst()).as("0 and 1").isEqualTo(2);
        assertThat(histogram.counts().get(31)).as("32").isEqualTo(1);
        assertThat(histogram.counts().getLast()).as("63.5 and 64").isEqualTo(2);
    }

    @Test
    void leaves_out_what_is_no_number_or_infinite() {
        assertThat(Histogram.of(Float.NaN, 1f, Float.NEGATIVE_INFINITY, 1f)).isEqualTo(Histogram.of(1f, 1f));
        assertThat(Histogram.of(Float.NaN)).isEqualTo(Histogram.EMPTY);
    }

    @Test
    void spans_the_whole_range_of_floats() {
        Histogram histogram = Histogram.of(-Float.MAX_VALUE, 0f, Float.MAX_VALUE);
        assertThat(histogram.counts().stream().mapToLong(count -> count).sum()).isEqualTo(3);
        assertThat(histogram.limits().getLast()).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void holds_neighbouring_floats() {
        Histogram histogram = Histogram.of(1f, Math.nextUp(1f), Math.nextUp(1f));
        assertThat(histogram.counts().getFirst()).isEqualTo(1);
        assertThat(histogram.counts().getLast()).isEqualTo(2);
    }

    @Test
    void of_a_part_counts_that_part() {
        assertThat(Histogram.of(new float[] {9, 1, 2, 9}, 1, 3)).isEqualTo(Histogram.of(1f, 2f));
    }

    @Test
    void needs_as_many_counts_as_limits() {
        assertThatThrownBy(() -> new Histogram(0, 1, 1, 1, 1, List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
