package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.weights.QuantizedTensor.ScaleRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A quantised tensor")
class QuantizedTensorTest {

    @Nested
    @DisplayName("of eight bits")
    class EightBits {

        @Test
        void maps_the_largest_value_to_127_and_zero_to_zero() {
            QuantizedTensor whole = QuantizedTensor.quantize(row(-2.54f, 0, 1.27f, 0.01f), 8, QuantizedTensor.WHOLE);

            assertThat(whole.values()).containsExactly(-127, 0, 64, 0); // 63.5 and 0.5 go to the even neighbour
            assertThat(whole.scales()).containsExactly(0.02f);
        }

        @Test
        void has_a_scale_for_each_slice_of_the_axis() {
            NamedTensor tensor = new NamedTensor("w", new int[] {2, 3}, new float[] {127, -1, 0, 1.27f, 0.5f, 0});

            QuantizedTensor rows = QuantizedTensor.quantize(tensor, 8, 0);
            QuantizedTensor columns = QuantizedTensor.quantize(tensor, 8, 1);

            assertThat(rows.scales()).containsExactly(1, 0.01f);
            assertThat(rows.values()).containsExactly(127, -1, 0, 127, 50, 0);
            assertThat(columns.scales()).containsExactly(1, 1 / 127f, 1);
        }

        @Test
        void gives_a_slice_of_zeros_the_scale_one() {
            QuantizedTensor zeros = QuantizedTensor.quantize(row(0, 0), 8, QuantizedTensor.WHOLE);

            assertThat(zeros.scales()).containsExactly(1);
            assertThat(zeros.dequantized().values()).containsExactly(0, 0);
        }

        @Test
        void takes_values_that_are_too_small_to_have_a_scale_for_zeros() {
            QuantizedTensor tiny = QuantizedTensor.quantize(row(1e-44f, 0), 8, QuantizedTensor.WHOLE);

            assertThat(tiny.dequantized().values()).containsExactly(0, 0);
        }

        @Test
        void stands_for_the_floats_scale_times_number() {
            QuantizedTensor tensor = new QuantizedTensor(
                    "w", new int[] {2, 2}, 8, 0, new byte[] {1, -2, 3, 127}, new float[] {0.5f, 0.25f});

            assertThat(tensor.dequantized().values()).containsExactly(0.5f, -1, 0.75f, 31.75f);
            assertThat(tensor.dequantized().shape()).containsExactly(2, 2);
            assertThat(tensor.sizeInBytes()).isEqualTo(4 + 8);
        }

        @Test
        void comes_out_the_same_when_its_floats_are_quantised_again() {
            QuantizedTensor once = QuantizedTensor.quantize(row(3, -1.7f, 0.2f), 8, QuantizedTensor.WHOLE);

            assertThat(QuantizedTensor.quantize(once.dequantized(), 8, QuantizedTensor.WHOLE)
                            .values())
                    .isEqualTo(once.values());
        }
    }

    @Nested
    @DisplayName("of four bits")
    class FourBits {

        @Test
        void has_numbers_from_minus_7_to_7_two_to_a_byte() {
            QuantizedTensor tensor = QuantizedTensor.quantize(row(-14, 14, 2.9f), 4, QuantizedTensor.WHOLE);

            assertThat(tensor.values()).containsExactly(-7, 7, 1);
            assertThat(tensor.scales()).containsExactly(2);
            assertThat(tensor.sizeInBytes()).isEqualTo(2 + 4);
        }

        @Test
        void cuts_off_a_lonely_large_value_if_that_makes_the_squared_error_smaller() {
            float[] values = new float[101];
            for (int i = 0; i < 100; i++) values[i] = i % 2 == 0 ? 0.5f : -0.5f;
            values[100] = 1.4f; // 0.5 lies between 0.4 and 0.6 of the scale 0.2

            QuantizedTensor close =
                    QuantizedTensor.quantize(row(values), 4, QuantizedTensor.WHOLE, ScaleRule.LEAST_SQUARES);

            assertThat(close.scales()[0]).isLessThan(0.2f);
            assertThat(error(values, close)).isLessThan(0.1);
            assertThat(error(values, QuantizedTensor.quantize(row(values), 4, QuantizedTensor.WHOLE)))
                    .isCloseTo(1, within(1e-3));
        }

        private double error(float[] values, QuantizedTensor tensor) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                double difference = values[i] - tensor.dequantized().values()[i];
                sum += difference * difference;
            }
            return sum;
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refusal {

        @Test
        void a_number_of_bits_other_than_8_and_4() {
            assertThatThrownBy(() -> QuantizedTensor.quantize(row(1), 5, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"w\": bits must be 8 or 4, not 5");
        }

        @Test
        void an_axis_that_the_tensor_has_not() {
            assertThatThrownBy(() -> QuantizedTensor.quantize(row(1), 8, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"w\" of shape [1] has no axis 1");
        }

        @Test
        void values_that_are_not_finite() {
            assertThatThrownBy(() -> QuantizedTensor.quantize(row(1, Float.NaN), 8, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"w\" holds NaN at 1");
        }

        @Test
        void numbers_beyond_its_bits() {
            assertThatThrownBy(() -> new QuantizedTensor("w", new int[] {1}, 4, 0, new byte[] {8}, new float[] {1}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"w\" holds 8, beyond ±7");
        }

        @Test
        void a_scale_of_zero() {
            assertThatThrownBy(() -> new QuantizedTensor("w", new int[] {1}, 8, 0, new byte[1], new float[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A scale of \"w\" must be above 0 and finite: 0.0");
        }
    }

    @Test
    void takes_the_place_of_the_tensor_of_its_name_among_weights() {
        Weights weights = new Weights(List.of(row(1, 0.004f), new NamedTensor("b", new int[] {1}, new float[] {5})));

        Weights replaced = QuantizedTensor.into(
                weights, List.of(QuantizedTensor.quantize(row(1, 0.004f), 8, QuantizedTensor.WHOLE)));

        assertThat(replaced.names()).containsExactly("w", "b");
        assertThat(replaced.values("w")[1]).isEqualTo(1 / 127f);
        assertThat(replaced.values("b")).containsExactly(5);
    }

    private static NamedTensor row(float... values) {
        return new NamedTensor("w", new int[] {values.length}, values);
    }
}
