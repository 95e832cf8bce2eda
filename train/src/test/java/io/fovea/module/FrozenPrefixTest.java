package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Catalogue;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The frozen prefix of a network")
class FrozenPrefixTest {

    private static final Network RESIDUAL = Catalogue.network("resnet18", new Shape(3, 64, 64), 2);

    @Test
    void ends_before_the_residual_block_in_which_the_first_layer_learns() {
        FrozenPrefix prefix =
                FrozenPrefix.of(RESIDUAL, learning("layer4.1.conv2", "fc")).orElseThrow();

        assertThat(prefix.output()).isEqualTo(new Shape(512, 2, 2));
        assertThat(prefix.layers()).contains("layer4.0.conv2").doesNotContain("layer4.1.conv1");
        // the first, four in each of four stages less two, and three 1x1 in shortcuts
        assertThat(prefix.weighted(RESIDUAL)).isEqualTo(1 + 16 - 2 + 3);
    }

    @Test
    void ends_at_the_features_if_only_the_head_learns() {
        FrozenPrefix prefix = FrozenPrefix.of(RESIDUAL, learning("fc")).orElseThrow();

        assertThat(prefix.output()).isEqualTo(new Shape(512));
    }

    @Test
    void is_empty_if_the_first_layer_learns() {
        assertThat(FrozenPrefix.of(RESIDUAL, LayerRates.ALL)).isEmpty();
    }

    @Test
    void ends_before_a_batch_norm_whose_statistics_move() {
        LayerRates rates = new LayerRates(List.of(new LayerRate("norm", 1), new LayerRate("*", 0)));

        assertThat(FrozenPrefix.of(network(), rates).orElseThrow().last()).isEqualTo("conv");
    }

    @Test
    void ends_before_what_is_dropped_at_random() {
        assertThat(FrozenPrefix.of(network(), learning("head")).orElseThrow().last())
                .isEqualTo("norm");
    }

    private static Network network() {
        return NetworkYaml.read("""
            name: dropping
            input: [1, 4, 4]
            layers:
              - convolution: {name: conv, outputs: 2, kernel: 3}
              - batch-norm: {name: norm}
              - dropout: {name: drop, rate: 0.5}
              - flatten
              - dense: {name: head, outputs: 2}
            """, "test");
    }

    private static LayerRates learning(String first, String... more) {
        List<LayerRate> rates = new ArrayList<>(List.of(new LayerRate(first, 1)));
        for (String layer : more) rates.add(new LayerRate(layer, 1));
        rates.add(new LayerRate("*", 0));
        return new LayerRates(rates);
    }
}
