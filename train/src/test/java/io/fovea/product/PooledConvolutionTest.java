package io.fovea.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A convolution with ReLU and pooling")
class PooledConvolutionTest {

    @Test
    void takes_the_largest_of_four_answers() {
        PooledConvolution copy = new PooledConvolution(2, 2, 1, 1, 1);
        copy.set(new float[] {2}, new float[] {1});

        assertThat(forward(copy, 3, 1, -4, 2)).containsExactly(7);
    }

    @Test
    void gives_zero_where_all_four_are_negative() {
        PooledConvolution copy = new PooledConvolution(2, 2, 1, 1, 1);
        copy.set(new float[] {1}, new float[] {-5});

        assertThat(forward(copy, 3, 1, -4, 2)).containsExactly(0);
    }

    @Test
    void never_looks_at_rows_and_columns_that_no_window_takes() {
        PooledConvolution copy = new PooledConvolution(3, 3, 1, 1, 1);
        copy.set(new float[] {1}, new float[] {0});

        assertThat(forward(copy, 1, 2, 99, 3, 4, 99, 99, 99, 99)).containsExactly(4);
    }

    @ParameterizedTest(name = "{0}x{1} maps of {2} channels, {3} filters of {4}x{4}")
    @CsvSource({
        "4, 4, 1, 5, 3",
        "7, 6, 3, 16, 3",
        "9, 13, 17, 33, 3",
        "28, 28, 1, 32, 3",
        "13, 13, 32, 64, 3",
        "6, 9, 3, 1, 1",
        "8, 8, 40, 5, 5",
        "5, 5, 2, 100, 2"
    })
    void agrees_with_plain_loops(int height, int width, int channels, int filters, int size) {
        SplittableRandom random = new SplittableRandom(1);
        PlainPooledConvolution plain = new PlainPooledConvolution(height, width, channels, filters, size, random);
        int length = height * width * channels;
        float[] x = PlainPooledConvolution.drawn(3 * length, random);
        PooledConvolution kernel = plain.kernel();
        PooledConvolution.Room room = kernel.new Room();
        float[] y = new float[2 * kernel.outputLength() + 7];
        Arrays.fill(y, -1);

        // the second picture into the second place, the third into the first
        room.forward(x, length, y, kernel.outputLength());
        room.forward(x, 2 * length, y, 0);

        assertThat(kernel.windowCount()).isEqualTo(plain.windows());
        double[] third = plain.forward(x, 2 * length);
        double[] second = plain.forward(x, length);
        for (int i = 0; i < third.length; i++) {
            assertThat((double) y[i]).isCloseTo(third[i], within(1e-5));
            assertThat((double) y[third.length + i]).isCloseTo(second[i], within(1e-5));
        }
        assertThat(Arrays.copyOfRange(y, 2 * third.length, y.length)).containsOnly(-1);
    }

    @Test
    void takes_other_weights_later() {
        PlainPooledConvolution before = new PlainPooledConvolution(6, 6, 3, 5, 3, new SplittableRandom(1));
        PlainPooledConvolution after = new PlainPooledConvolution(6, 6, 3, 5, 3, new SplittableRandom(2));
        float[] x = PlainPooledConvolution.drawn(108, new SplittableRandom(3));
        PooledConvolution kernel = before.kernel();
        forward(kernel, x);

        kernel.set(after.weight, after.bias);

        assertThat(forward(kernel, x)).isEqualTo(forward(after.kernel(), x));
    }

    @Test
    void refuses_maps_without_a_window_and_weights_of_another_length() {
        assertThatThrownBy(() -> new PooledConvolution(3, 9, 1, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3x9");
        assertThatThrownBy(() -> new PooledConvolution(4, 4, 1, 2, 3).set(new float[17], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected 18 weights and 2 biases, found 17 and 2");
    }

    private static float[] forward(PooledConvolution kernel, float... x) {
        float[] y = new float[kernel.outputLength()];
        kernel.new Room().forward(x, 0, y, 0);
        return y;
    }
}
