package io.fovea.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.tensor.OneDnn;
import io.fovea.tensor.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a processor computes wrongly is a matter of the processor; what holds on any is that it is seen, said and gone round. */
@DisplayName("The arithmetic of a network in libtorch")
class ArithmeticTest {

    /** Two maps of each channel alone: the kind that oneDNN 3.7 gets wrong on some processors. */
    private static final Network GROUPED = NetworkYaml.read("""
        name: grouped
        input: [3, 9, 7]
        layers:
          - convolution: {outputs: 6, kernel: 3, groups: 3}
          - global-average-pooling
          - flatten
        """, "ArithmeticTest");

    @Test
    void is_what_was_asked_for_where_it_is_right() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        Arithmetic found = Arithmetic.of(network, Precision.FLOAT32);

        assertThat(found.precision()).isEqualTo(Precision.FLOAT32);
        if (OneDnn.isSound()) assertThat(found).isEqualTo(new Arithmetic(Precision.FLOAT32, true, found.remark()));
        assertThat(found.remark().isEmpty()).isEqualTo(found.oneDnn());
    }

    @Test
    void is_another_and_says_so_where_a_convolution_comes_out_wrong() {
        boolean right = OneDnn.computes(new OneDnn.Convolution(3, 9, 7, 6, 3, 3, 1, 1, 3), Precision.FLOAT32);
        Arithmetic found = Arithmetic.of(GROUPED, Precision.FLOAT32);

        assertThat(found.oneDnn()).isEqualTo(right);
        if (!right) assertThat(found.remark().orElseThrow()).contains("oneDNN", "layer \"conv1\"", "takes longer");
        try (TorchModule module = new TorchModule(
                GROUPED,
                new Preprocessing(9, 7, ColorMode.COLOR, ResizeMode.SQUASH, new float[3], new float[] {1, 1, 1}),
                Initialization.of(GROUPED, new SplittableRandom(1)),
                Precision.FLOAT32)) {
            assertThat(module.remark()).isEqualTo(found.remark());
            assertThat(module.description().contains("without oneDNN")).isEqualTo(!right);
        }
    }
}
