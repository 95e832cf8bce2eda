package io.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Weights in halves")
class HalfWeightsTest {

    private final Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
    private final Weights weights = PatternWeights.of(network);

    @Test
    void take_half_the_space_and_give_nearly_the_same() throws OrtException {
        byte[] floats = OnnxWriter.write(network, weights, Map.of());

        byte[] halves = HalfWeights.of(floats, "test");

        assertThat(halves.length).isBetween(floats.length / 2, floats.length / 2 + 2_000);
        float[] picture = PatternWeights.pattern("picture", 28 * 28);
        try (OnnxSession before = new OnnxSession(floats);
                OnnxSession after = new OnnxSession(halves)) {
            float[] expected = before.output("logits", picture, 1, 1, 28, 28);
            float largest = 0;
            for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
            assertThat(after.output("logits", picture, 1, 1, 28, 28))
                    .containsExactly(expected, within(2e-3f * largest));
        }
    }

    @Test
    void are_refused_where_a_weight_is_too_large() {
        List<NamedTensor> tensors = new ArrayList<>(weights.tensors());
        tensors.replaceAll(tensor -> {
            float[] values = tensor.values().clone();
            if (tensor.name().endsWith("conv1.weight")) values[0] = 70_000;
            return new NamedTensor(tensor.name(), tensor.shape(), values);
        });
        byte[] floats = OnnxWriter.write(network, new Weights(tensors), Map.of());

        assertThatThrownBy(() -> HalfWeights.of(floats, "test"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.where()).contains("conv1.weight"));
    }

    @Test
    void are_refused_of_what_is_no_network() {
        assertThatThrownBy(() -> HalfWeights.of(new byte[] {1, 2, 3}, "test")).isInstanceOf(Problem.class);
    }
}
