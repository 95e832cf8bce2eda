package io.fovea.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A dense layer on many rows")
class RowProductTest {

    @Test
    void multiplies_each_row_and_adds_the_bias() {
        float[] y = new float[6];
        try (Workers workers = new Workers(1)) {
            new RowProduct(new float[] {1, 2, 0, -1}, new float[] {10, 20})
                    .multiply(new float[] {1, 1, 3, 4}, 2, y, 1, workers);
        }

        assertThat(y).containsExactly(0, 0, 13, 19, 21, 16);
    }

    @ParameterizedTest(name = "{1} rows of {0} inputs to {2} outputs")
    @CsvSource({"1, 1, 1", "3, 5, 33", "17, 9, 5", "161, 6, 64", "400, 130, 16", "320, 3, 100"})
    void agrees_with_plain_loops_and_has_the_same_bits_with_any_number_of_threads(int inputs, int rows, int outputs) {
        SplittableRandom random = new SplittableRandom(inputs);
        float[] weight = PlainPooledConvolution.drawn(outputs * inputs, random);
        float[] bias = PlainPooledConvolution.drawn(outputs, random);
        float[] x = PlainPooledConvolution.drawn(rows * inputs, random);

        float[] alone = multiply(weight, bias, x, rows, 1);

        for (int n = 0; n < rows; n++) {
            for (int o = 0; o < outputs; o++) {
                double expected = bias[o];
                for (int d = 0; d < inputs; d++) expected += (double) weight[o * inputs + d] * x[n * inputs + d];
                assertThat((double) alone[n * outputs + o]).isCloseTo(expected, within(1e-5));
            }
        }
        assertThat(multiply(weight, bias, x, rows, 2)).isEqualTo(alone);
        assertThat(multiply(weight, bias, x, rows, 3)).isEqualTo(alone);
    }

    @Test
    void leaves_what_stands_behind_its_rows() {
        float[] y = new float[10];
        Arrays.fill(y, 7);
        try (Workers workers = new Workers(2)) {
            new RowProduct(new float[] {1}, new float[] {0}).multiply(new float[] {1, 2, 3, 4, 5, 6}, 5, y, 0, workers);
        }
        assertThat(y).containsExactly(1, 2, 3, 4, 5, 7, 7, 7, 7, 7);
    }

    private static float[] multiply(float[] weight, float[] bias, float[] x, int rows, int threads) {
        float[] y = new float[rows * bias.length];
        try (Workers workers = new Workers(threads)) {
            new RowProduct(weight, bias).multiply(x, rows, y, 0, workers);
        }
        return y;
    }
}
