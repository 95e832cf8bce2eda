package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.onnx.OnnxWeights;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Weights read back from an ONNX file")
class OnnxWeightsTest {

    private final Network network = ExampleHybrid.network(30, 9);
    private final Weights weights = ExampleHybrid.weights(network);

    @Test
    void are_the_floats_that_were_written() {
        List<String> names = List.of("conv1.weight", "conv2.bias", "projection.weight");

        Weights read = OnnxWeights.read(OnnxWriter.write(network, weights, Map.of()), names, "here");

        for (String name : names) {
            assertThat(read.values(name)).as(name).isEqualTo(weights.values(name));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4})
    void are_the_floats_that_whole_numbers_stand_for(int bits) {
        List<QuantizedTensor> quantized = ExampleHybrid.quantized(weights, bits);

        Weights read = OnnxWeights.read(
                OnnxWriter.write(
                        network,
                        weights,
                        quantized,
                        Classification.numbered(Inference.of(network).output().size(0)),
                        Map.of()),
                Stream.concat(quantized.stream().map(QuantizedTensor::name), Stream.of("conv1.bias"))
                        .toList(),
                "here");

        for (QuantizedTensor tensor : quantized) {
            NamedTensor found = read.tensor(tensor.name()).orElseThrow();
            assertThat(found.shape()).isEqualTo(tensor.shape());
            assertThat(found.values()).isEqualTo(tensor.dequantized().values());
        }
        assertThat(read.values("conv1.bias")).isEqualTo(weights.values("conv1.bias"));
    }

    @Test
    void are_refused_where_one_is_missing() {
        byte[] onnx = OnnxWriter.write(network, weights, Map.of());

        assertThatThrownBy(() -> OnnxWeights.read(onnx, List.of("conv3.weight"), "x.fovea"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("there is no tensor \"conv3.weight\"");
    }

    @Test
    void are_refused_from_anything_else() {
        assertThatThrownBy(() -> OnnxWeights.read("no network".getBytes(StandardCharsets.UTF_8), List.of(), "x.fovea"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("weights cannot be read");
    }
}
