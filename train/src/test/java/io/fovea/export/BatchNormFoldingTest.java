package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.fovea.export.BatchNormFolding.Folded;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Node;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Folding batch norms into convolutions")
class BatchNormFoldingTest {

    @Test
    void scales_the_weights_and_moves_the_bias() {
        Network network = read("convolution: {outputs: 1, kernel: 1}", "batch-norm: {epsilon: 1}", "flatten");
        Weights weights = new Weights(List.of(
                tensor("conv1.weight", new int[] {1, 1, 1, 1}, 10),
                tensor("conv1.bias", new int[] {1}, 7),
                tensor("norm1.weight", new int[] {1}, 6),
                tensor("norm1.bias", new int[] {1}, 100),
                tensor("norm1.running_mean", new int[] {1}, 3),
                tensor("norm1.running_var", new int[] {1}, 8)));

        Folded folded = BatchNormFolding.fold(network, weights);

        assertThat(folded.network().nodes()).extracting(Node::name).containsExactly("conv1", "flatten1");
        assertThat(folded.weights().names()).containsExactly("conv1.weight", "conv1.bias");
        assertThat(folded.weights().values("conv1.weight")).containsExactly(10 * 2);
        assertThat(folded.weights().values("conv1.bias")).containsExactly((7 - 3) * 2 + 100);
        assertThat(weights.values("conv1.weight")).containsExactly(10);
    }

    @ParameterizedTest
    @CsvSource({"resnet18", "resnet20", "mobilenet_v2", "googlenet", "cifar-vgg16", "squeezenet1_1"})
    void leaves_the_logits_as_they_are(String name) throws Exception {
        Network network = Catalogue.network(name, new Shape(3, 64, 64), 5);
        Weights weights = PatternWeights.of(network);
        float[] picture = PatternWeights.pattern("picture", 3 * 64 * 64);

        Folded folded = BatchNormFolding.fold(network, weights);

        float[] expected = logits(network, weights, picture);
        float largest = 0;
        for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
        assertThat(folded.network().nodes())
                .extracting(Node::layer)
                .doesNotHaveAnyElementsOfTypes(Layer.BatchNorm.class);
        assertThat(logits(folded.network(), folded.weights(), picture))
                .containsExactly(expected, within(2e-5f * largest));
    }

    @Test
    void keeps_a_norm_behind_a_convolution_that_another_layer_reads_too() {
        Network network =
                read("convolution: {outputs: 1, kernel: 1}", "batch-norm", "add: {inputs: [conv1, norm1]}", "flatten");

        assertThat(BatchNormFolding.fold(network, PatternWeights.of(network)).network())
                .isEqualTo(network);
    }

    @Test
    void keeps_a_norm_behind_anything_but_a_convolution() {
        Network network = read("batch-norm", "flatten", "batch-norm", "dense: {outputs: 2}", "batch-norm");

        assertThat(BatchNormFolding.fold(network, PatternWeights.of(network)).network())
                .isEqualTo(network);
    }

    @Test
    void keeps_the_order_where_another_branch_stands_between() {
        Network network = read(
                "convolution: {name: left, outputs: 1, kernel: 1}",
                "convolution: {name: right, outputs: 1, kernel: 1, inputs: input}",
                "batch-norm: {name: norm, inputs: left}",
                "add: {inputs: [norm, right]}",
                "flatten");

        assertThat(BatchNormFolding.fold(network, PatternWeights.of(network))
                        .network()
                        .nodes())
                .extracting(Node::name, Node::inputs)
                .containsExactly(
                        tuple("right", List.of("input")),
                        tuple("left", List.of("input")),
                        tuple("add1", List.of("left", "right")),
                        tuple("flatten1", List.of("add1")));
    }

    private static float[] logits(Network network, Weights weights, float[] picture) throws Exception {
        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, Map.of()))) {
            return session.output("logits", picture, 1, 3, 64, 64);
        }
    }

    private static Network read(String... layers) {
        return NetworkYaml.read(
                "name: n\ninput: [1, 2, 2]\nlayers:\n  - " + String.join("\n  - ", layers) + "\n", "test");
    }

    private static NamedTensor tensor(String name, int[] shape, float... values) {
        return new NamedTensor(name, shape, values);
    }
}
