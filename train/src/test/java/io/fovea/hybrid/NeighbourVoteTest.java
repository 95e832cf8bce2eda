package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.statistic.Codes;
import io.fovea.thread.Workers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The vote of the neighbours")
class NeighbourVoteTest {

    @Test
    void of_two_references_that_are_the_same_follows_the_first() {
        float[] same = {5, 5, 5, 5};

        assertThat(answer(same, new int[] {2, 0}, 1, 5, 5)).isEqualTo(2);
        assertThat(answer(same, new int[] {0, 2}, 1, 5, 5)).isZero();
        assertThat(answer(same, new int[] {2, 0}, 2, 5, 5)).isEqualTo(2);
        assertThat(answer(same, new int[] {0, 2}, 2, 5, 5)).isZero();
    }

    @Test
    void goes_to_the_most_of_them() {
        float[] line = {0, 0, 1, 0, 2, 0, 9, 0};

        assertThat(answer(line, new int[] {0, 1, 1, 0}, 3, 0, 0)).isEqualTo(1);
        assertThat(answer(line, new int[] {0, 1, 1, 0}, 1, 0, 0)).isZero();
    }

    @Test
    void goes_to_the_class_of_the_nearer_ones_when_the_counts_are_equal() {
        float[] line = {3, 0, 1, 0, 2, 0, 4, 0};

        assertThat(answer(line, new int[] {0, 1, 1, 0}, 4, 0, 0)).isEqualTo(1);
        assertThat(answer(line, new int[] {1, 0, 0, 1}, 4, 0, 0)).isZero();
    }

    private static int answer(float[] references, int[] labels, int k, float... query) {
        try (Workers workers = new Workers(1)) {
            return Codes.largest(new NeighbourVote(references, 2, labels, k, 3).logits(query, workers), 3)[0];
        }
    }
}
