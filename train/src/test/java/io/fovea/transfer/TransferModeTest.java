package io.fovea.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Catalogue;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What learns in transfer")
class TransferModeTest {

    private static final Network NETWORK = Catalogue.network("resnet18", new Shape(3, 64, 64), 2);

    @Test
    void is_the_head_alone() {
        LayerRates rates = new TransferMode.HeadOnly().layerRates(NETWORK, "fc");

        assertThat(rates.factor("fc")).isEqualTo(1);
        assertThat(rates.isFrozen("layer4.1.conv2")).isTrue();
        assertThat(rates.isFrozen("bn1")).isTrue();
    }

    @Test
    void is_the_last_layers_without_their_batch_norms() {
        LayerRates rates = new TransferMode.LastLayers(1).layerRates(NETWORK, "fc");

        assertThat(rates.factor("layer4.1.conv2")).isEqualTo(1);
        assertThat(rates.isFrozen("layer4.1.bn2")).isTrue();
        assertThat(rates.isFrozen("layer4.1.conv1")).isTrue();
    }

    @Test
    void is_every_layer_and_the_first_ten_times_slower() {
        LayerRates rates = new TransferMode.AllLayers().layerRates(NETWORK, "fc");

        assertThat(rates.factor("fc")).isEqualTo(1);
        assertThat(rates.factor("conv1")).isCloseTo(0.1, within(1e-12));
        assertThat(rates.factor("layer2.0.conv1")).isBetween(0.1, 1.0);
    }
}
