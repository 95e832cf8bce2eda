package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Provenance;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Taking network and weights from a bundle")
class BundleImportTest {

    @TempDir
    Path folder;

    @Test
    void gives_layers_and_every_weight_to_the_bit_batch_norms_unfolded() {
        Network network = Catalogue.network("resnet20", new Shape(3, 32, 32), 10);
        Weights weights = PatternWeights.of(network);

        ModelParts parts = BundleImport.read(written(network, weights, List.of(), WeightsEntry.LEFT_OUT), "file");

        assertThat(parts.network()).isEqualTo(network);
        assertThat(parts.preprocessing().height()).isEqualTo(32);
        assertThat(parts.weights().names()).containsAll(weights.names()).hasSameSizeAs(weights.names());
        for (NamedTensor tensor : weights.tensors())
            assertThat(parts.weights().values(tensor.name())).isEqualTo(tensor.values());
    }

    @Test
    void gives_whole_numbers_and_labels_of_a_hybrid() {
        Network network = ExampleHybrid.network(20, 3);
        Weights weights = ExampleHybrid.weights(network);
        List<QuantizedTensor> quantized = ExampleHybrid.quantized(weights, 4);

        ModelParts parts = BundleImport.read(written(network, weights, quantized, WeightsEntry.LEFT_OUT), "file");

        assertThat(parts.network()).isEqualTo(network);
        assertThat(parts.quantized()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            QuantizedTensor found = parts.quantized().get(i);
            QuantizedTensor expected = quantized.stream()
                    .filter(tensor -> tensor.name().equals(found.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.bits()).isEqualTo(expected.bits());
            assertThat(found.values()).isEqualTo(expected.values());
            assertThat(found.scales()).isEqualTo(expected.scales());
        }
        assertThat(parts.weights().values("neighbours.labels"))
                .startsWith(0, 1, 2)
                .hasSize(20);
        assertThat(parts.weights().values("conv1.bias")).isEqualTo(weights.values("conv1.bias"));
    }

    @Test
    void leaves_out_what_only_auxiliary_outputs_need() {
        Network network = Catalogue.network("googlenet", new Shape(3, 64, 64), 4);
        Weights weights = PatternWeights.of(network);

        ModelParts parts = BundleImport.read(written(network, weights, List.of(), WeightsEntry.LEFT_OUT), "file");

        assertThat(network.auxiliaries()).isNotEmpty();
        assertThat(parts.network()).isEqualTo(network.forPrediction());
    }

    @Test
    void finds_safetensors_beside_the_network_only_where_they_were_wanted() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        Weights weights = PatternWeights.of(network);

        Bundle without = written(network, weights, List.of(), WeightsEntry.LEFT_OUT);
        Bundle with = written(network, weights, List.of(), WeightsEntry.WRITTEN);

        assertThat(without.weights()).isEmpty();
        assertThat(with.weights().orElseThrow()).hasSizeGreaterThan(4 * 431_080);
        assertThat(size(without)).isLessThan(size(with) * 51 / 100);
    }

    @Test
    void says_which_tensor_a_foreign_network_lacks() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        Bundle bundle = written(network, PatternWeights.of(network), List.of(), WeightsEntry.LEFT_OUT);
        Bundle foreign = Bundle.of(
                bundle.manifest(),
                bundle.onnx(),
                Map.of(),
                Map.of(
                        Bundle.NETWORK,
                        bundle.network().orElseThrow().replace("500", "400").getBytes()));

        assertThatThrownBy(() -> BundleImport.read(foreign, "my.fovea"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The model holds no tensor \"dense1.weight\" of the shape [400, 800]");
    }

    private static long size(Bundle bundle) {
        return bundle.manifest().files().stream()
                .mapToLong(file -> file.sizeInBytes())
                .sum();
    }

    private Bundle written(Network network, Weights weights, List<QuantizedTensor> quantized, WeightsEntry entry) {
        Shape input = network.input();
        boolean grey = input.size(0) == 1;
        float[] half = grey ? new float[] {0.5f} : new float[] {0.5f, 0.5f, 0.5f};
        int classes = Inference.of(network).output().size(0);
        BundleContents contents = new BundleContents(
                "example",
                network,
                weights,
                new Preprocessing(
                        input.size(1),
                        input.size(2),
                        grey ? ColorMode.GREY : ColorMode.COLOR,
                        ResizeMode.SQUASH,
                        half,
                        half),
                Classification.numbered(classes),
                List.of(),
                List.of(),
                new Provenance(
                        network.name(),
                        "patterns",
                        "c0ffee",
                        Map.of(),
                        1,
                        "0.1.0",
                        Instant.parse("2026-01-31T12:00:00Z")),
                quantized,
                ReferencePictures.NONE,
                entry);
        Path target = folder.resolve(entry + ".fovea");
        BundleExport.write(contents, target);
        return Bundle.open(target);
    }
}
