package io.fovea.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.thread.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Products of features summed over pictures")
class GramMatrixTest {

    @Test
    void are_those_that_a_reader_can_sum_in_the_head() {
        try (Workers workers = new Workers(1)) {
            GramMatrix gram = new GramMatrix(2, workers);

            gram.add(new float[] {1, 2, 3, -1}, 2);

            assertThat(gram.products()).containsExactly(10, -1, -1, 5);
            assertThat(gram.totals()).containsExactly(4, 1);
            assertThat(gram.count()).isEqualTo(2);
        }
    }

    @Test
    void are_zero_before_the_first_picture() {
        try (Workers workers = new Workers(1)) {
            assertThat(new GramMatrix(3, workers).products()).containsOnly(0).hasSize(9);
        }
    }

    @ParameterizedTest(name = "{0} features of {1} pictures, {2} at a time")
    @CsvSource({"1, 3, 3", "5, 513, 100", "33, 1, 1", "64, 512, 512", "100, 1025, 700", "300, 130, 7"})
    void agree_with_plain_loops(int size, int pictures, int each) {
        float[] rows = PlainPooledConvolution.drawn(pictures * size, new SplittableRandom(size));
        double[] expected = new double[size * size];
        for (int n = 0; n < pictures; n++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    expected[i * size + j] += (double) rows[n * size + i] * rows[n * size + j];
                }
            }
        }

        double[] products = products(rows, size, pictures, each, 2);

        for (int i = 0; i < expected.length; i++) assertThat(products[i]).isCloseTo(expected[i], within(1e-4));
    }

    @Test
    void have_the_same_bits_with_any_number_of_threads() {
        float[] rows = PlainPooledConvolution.drawn(600 * 130, new SplittableRandom(1));

        double[] alone = products(rows, 130, 600, 256, 1);

        assertThat(products(rows, 130, 600, 256, 2)).isEqualTo(alone);
        assertThat(products(rows, 130, 600, 256, 3)).isEqualTo(alone);
    }

    @Test
    void can_be_asked_for_and_then_go_on() {
        float[] rows = PlainPooledConvolution.drawn(20 * 3, new SplittableRandom(1));
        try (Workers workers = new Workers(1)) {
            GramMatrix gram = new GramMatrix(3, workers);
            gram.add(rows, 10);
            double[] half = gram.products();
            assertThat(gram.products()).isEqualTo(half);
            gram.add(rows, 10);
            for (int i = 0; i < 9; i++) assertThat(gram.products()[i]).isCloseTo(2 * half[i], within(1e-6));
        }
    }

    private static double[] products(float[] rows, int size, int pictures, int each, int threads) {
        try (Workers workers = new Workers(threads)) {
            GramMatrix gram = new GramMatrix(size, workers);
            for (int first = 0; first < pictures; first += each) {
                int count = Math.min(each, pictures - first);
                float[] part = new float[count * size];
                System.arraycopy(rows, first * size, part, 0, part.length);
                gram.add(part, count);
            }
            return gram.products();
        }
    }
}
