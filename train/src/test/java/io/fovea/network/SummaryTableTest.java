package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of a network")
class SummaryTableTest {

    private static final NetworkSummary LENET = Inference.of(Catalogue.network("lenet", new Shape(1, 28, 28), 10));

    @Test
    void aligns_a_line_per_layer_and_the_sums() {
        assertThat(SummaryTable.text(LENET)).isEqualTo("""
            layer     kind and settings                     output           parameters       MACs
            --------------------------------------------------------------------------------------
            input     picture                               [N, 1, 28, 28]
            conv1     convolution {outputs: 20, kernel: 5}  [N, 20, 24, 24]         520    288,000
            pool1     max-pooling {kernel: 2}               [N, 20, 12, 12]           0          0
            conv2     convolution {outputs: 50, kernel: 5}  [N, 50, 8, 8]        25,050  1,600,000
            pool2     max-pooling {kernel: 2}               [N, 50, 4, 4]             0          0
            flatten1  flatten                               [N, 800]                  0          0
            dense1    dense {outputs: 500}                  [N, 500]            400,500    400,000
            relu1     relu                                  [N, 500]                  0          0
            dense2    dense {outputs: 10}                   [N, 10]               5,010      5,000
            --------------------------------------------------------------------------------------
            total     lenet                                 [N, 10]             431,080  2,293,000
            """);
    }

    @Test
    void is_plain_values_for_json() {
        assertThat(SummaryTable.rows(LENET))
                .contains(
                        new SummaryTable.Row(
                                "conv1", "convolution", "outputs: 20, kernel: 5", List.of(20, 24, 24), 520, 288_000),
                        new SummaryTable.Row("relu1", "relu", "", List.of(500), 0, 0));
    }
}
