package io.fovea.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.product.NeighbourSearch.Neighbours;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The nearest of some references")
class NeighbourSearchTest {

    @Test
    void come_nearest_first_with_their_squared_distances() {
        Neighbours found = nearest(new float[] {0, 0, 3, 4, 1, 0}, 2, 3, 0, 0);

        assertThat(found.positions()).containsExactly(0, 2, 1);
        assertThat(found.distances()).containsExactly(0, 1, 25);
    }

    @Test
    void are_never_at_a_negative_distance() {
        float[] far = {1000.1f, 999.7f, 333.3f};

        assertThat(nearest(far, 3, 1, far).distances()[0]).isNotNegative();
    }

    @Nested
    @DisplayName("at equal distances")
    class Ties {

        @Test
        void come_in_the_order_of_the_references() {
            assertThat(nearest(new float[] {1, -1, 1, -1, 2}, 1, 4, 0).positions())
                    .containsExactly(0, 1, 2, 3);
        }

        @Test
        void come_in_that_order_also_when_there_are_hundreds() {
            float[] same = new float[300];
            Arrays.fill(same, 5);

            assertThat(nearest(same, 1, 300, 5).positions())
                    .isEqualTo(IntStream.range(0, 300).toArray());
        }

        @Test
        void keep_out_later_ones_when_only_some_are_asked_for() {
            float[] references = new float[200];
            references[150] = 1;
            references[20] = 1;
            references[170] = 1;

            assertThat(nearest(references, 1, 2, 1).positions()).containsExactly(20, 150);
        }
    }

    @ParameterizedTest(name = "{2} of {0} references, codes of {1} numbers, {3} queries")
    @CsvSource({"1, 1, 1, 1", "5, 3, 5, 7", "31, 17, 9, 5", "64, 9, 9, 129", "257, 48, 1, 300", "100, 200, 100, 3"})
    void are_those_of_brute_force_with_any_number_of_threads(int count, int size, int k, int queries) {
        SplittableRandom random = new SplittableRandom(3);
        // whole numbers: every distance is exact, so ties are ties
        float[] references = whole(count * size, random);
        float[] asked = whole(queries * size, random);

        Neighbours found = nearest(references, size, k, 1, asked);

        for (int q = 0; q < queries; q++) {
            float[] distances = new float[count];
            for (int r = 0; r < count; r++) {
                for (int d = 0; d < size; d++) {
                    float difference = asked[q * size + d] - references[r * size + d];
                    distances[r] += difference * difference;
                }
            }
            int[] sorted = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble(r -> distances[r]))
                    .mapToInt(r -> r)
                    .limit(k)
                    .toArray();
            assertThat(Arrays.copyOfRange(found.positions(), q * k, (q + 1) * k))
                    .isEqualTo(sorted);
            for (int i = 0; i < k; i++) {
                assertThat(found.distances()[q * k + i]).isCloseTo(distances[sorted[i]], within(1e-3f));
            }
        }
        for (int threads = 2; threads < 4; threads++) {
            Neighbours shared = nearest(references, size, k, threads, asked);
            assertThat(shared.positions()).isEqualTo(found.positions());
            assertThat(shared.distances()).isEqualTo(found.distances());
        }
    }

    @Test
    void cannot_be_more_than_there_are() {
        assertThatThrownBy(() -> nearest(new float[] {1, 2}, 1, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be 1 to 2: 3");
        assertThatThrownBy(() -> nearest(new float[] {1, 2}, 1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be 1 to 2: 0");
        assertThatThrownBy(() -> new NeighbourSearch(new float[0], 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NeighbourSearch(new float[7], 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] whole(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = random.nextInt(-3, 4);
        return values;
    }

    private static Neighbours nearest(float[] references, int size, int k, float... query) {
        return nearest(references, size, k, 1, query);
    }

    private static Neighbours nearest(float[] references, int size, int k, int threads, float[] queries) {
        try (Workers workers = new Workers(threads)) {
            return new NeighbourSearch(references, size).nearest(queries, k, workers);
        }
    }
}
