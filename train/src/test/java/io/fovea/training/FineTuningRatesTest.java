package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.optimize.Optimizer;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Rates of layers that others trained")
class FineTuningRatesTest {

    private static final LayerRates LEARNED =
            new LayerRates(List.of(new LayerRate("head", 1), new LayerRate("conv", 0.3), new LayerRate("*", 0)));
    private static final Optimizer ADAMW = new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01);

    @Nested
    @DisplayName("by an optimizer that moves all weights alike")
    class Alike {

        @Test
        void moves_a_layer_in_proportion_to_its_weights() {
            assertThat(rates(filters(3, 9, 0.025f)).factor("conv")).isCloseTo(1, within(1e-6));
            assertThat(rates(filters(3, 9, 0.0125f)).factor("conv")).isCloseTo(0.5, within(1e-6));
        }

        @Test
        void moves_a_layer_of_four_times_as_many_inputs_half_as_far() {
            assertThat(rates(filters(3, 4 * 576, 0.025f)).factor("conv")).isCloseTo(0.5, within(1e-6));
        }

        @Test
        void is_not_led_astray_by_a_single_large_filter() {
            float[] values = filters(3, 9, 0.025f);
            Arrays.fill(values, 0, 9, 100f);

            assertThat(rates(values).factor("conv")).isCloseTo(1, within(1e-6));
        }

        @Test
        void lets_weights_of_zero_learn() {
            assertThat(rates(filters(3, 9, 0)).factor("conv")).isEqualTo(0.01);
        }

        @Test
        void leaves_a_new_head_its_rate_and_frozen_layers_frozen() {
            LayerRates rates = rates(filters(3, 9, 1));

            assertThat(rates.factor("head")).isEqualTo(1);
            assertThat(rates.isFrozen("norm")).isTrue();
        }
    }

    @Test
    void leaves_the_rates_to_an_optimizer_that_follows_the_gradients() {
        LayerRates rates = FineTuning.layerRates(LEARNED, weights(filters(3, 9, 1)), new Optimizer.Momentum(0.9));

        assertThat(rates).isEqualTo(LEARNED);
    }

    private static LayerRates rates(float[] values) {
        return FineTuning.layerRates(LEARNED, weights(values), ADAMW);
    }

    private static Weights weights(float[] values) {
        return new Weights(List.of(new NamedTensor("conv.weight", new int[] {3, values.length / 3}, values)));
    }

    private static float[] filters(int count, int inputs, float size) {
        float[] values = new float[count * inputs];
        Arrays.fill(values, size);
        return values;
    }
}
