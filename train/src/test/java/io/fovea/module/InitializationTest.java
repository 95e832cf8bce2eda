package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.weights.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The weights that training begins with")
class InitializationTest {

    @ParameterizedTest(name = "{0} lies within ±√({1} / {2})")
    @CsvSource({
        "conv1.weight, 3, 27",
        "bottom.weight, 6, 9",
        "top.weight, 6, 9",
        "last.weight, 3, 64",
    })
    void are_wider_before_a_rectifier_in_a_deep_network(String tensor, double gain, double inputs) {
        Network network = NetworkYaml.read("""
            name: deep
            input: [3, 8, 8]
            layers:
              - convolution: {outputs: 1, kernel: 3, padding: 1}
              - sigmoid: {name: gate}
              - convolution: {name: bottom, outputs: 64, kernel: 3, padding: 1}
              - batch-norm
              - convolution: {name: top, outputs: 64, kernel: 3, padding: 1, inputs: gate}
              - add: {inputs: [norm1, top]}
              - max-pooling: {kernel: 2}
              - relu
              - dropout
              - global-average-pooling
              - flatten
              - dense: {name: first, outputs: 64}
              - relu
              - dense: {name: last, outputs: 10}
            """, "test");

        float[] values = weights(network).values(tensor);

        double bound = Math.sqrt(gain / inputs);
        double largest = 0;
        for (float value : values) largest = Math.max(largest, Math.abs(value));
        assertThat(largest).isBetween(0.8 * bound, bound);
    }

    @Test
    void stay_as_they_were_in_a_network_of_four_layers() {
        Network lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        float[] dense = weights(lenet).values("dense1.weight");

        double largest = 0;
        for (float value : dense) largest = Math.max(largest, Math.abs(value));
        assertThat(largest).isCloseTo(Math.sqrt(3.0 / 800), within(1e-4));
    }

    @Test
    void keep_the_scale_of_a_signal_through_all_layers_of_vgg() {
        Network vgg = Catalogue.network("cifar-vgg16", new Shape(3, 32, 32), 10);

        Weights weights = weights(vgg);

        // a uniform number within ±√(6 / n) has the variance 2 / n
        float[] deepest = weights.values("features.40.weight");
        double squares = 0;
        for (float value : deepest) squares += value * value;
        assertThat(squares / deepest.length * 512 * 9).isCloseTo(2, within(0.01));
        assertThat(weights.values("features.41.weight")).containsOnly(1);
        assertThat(weights.values("features.41.running_var")).containsOnly(1);
        assertThat(weights.values("features.41.running_mean")).containsOnly(0);
    }

    @Test
    void leave_the_references_of_nearest_neighbours_empty() {
        Network network = NetworkYaml.read(
                "name: n\n"
                        + "input: [1, 1, 2]\n"
                        + "layers:\n"
                        + "  - flatten\n"
                        + "  - nearest-neighbours: {k: 1, references: 3, outputs: 2}\n",
                "test");

        assertThat(weights(network).values("neighbours1.references")).containsOnly(0);
        assertThat(weights(network).values("neighbours1.labels")).containsOnly(0);
    }

    private static Weights weights(Network network) {
        return Initialization.of(network, new SplittableRandom(7));
    }
}
