package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.PatternWeights;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Finding the network of a file of weights")
class NetworkSearchTest {

    @TempDir
    Path folder;

    private Path written(Weights weights) {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(weights, Map.of(), file);
        return file;
    }

    private List<String> found(Weights weights) {
        return NetworkSearch.fitting(written(weights), Optional.empty());
    }

    private static Weights weights(String network) {
        Network layers = Catalogue.entry(network).network();
        return PatternWeights.of(layers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "mnist-cnn", "hybrid-16", "resnet20", "resnet32", "resnet18", "squeezenet1_1"})
    void goes_by_names_and_shapes(String network) {
        assertThat(found(weights(network))).containsExactly(network);
    }

    @Test
    void gives_all_that_fit_alike() {
        assertThat(found(weights("mobilenet_v2"))).containsExactly("mobilenet_v2", "mobilenet_v2_same");
    }

    @Test
    void goes_by_shapes_and_order_where_names_say_nothing() {
        List<NamedTensor> tensors = weights("lenet").tensors().stream()
                .map(tensor -> new NamedTensor(
                        "x" + tensor.name().replace("conv", "c").replace("dense", "d"),
                        tensor.shape(),
                        tensor.values()))
                .toList();

        assertThat(found(new Weights(tensors))).containsExactly("lenet");
    }

    @Test
    void says_where_none_fits() {
        Weights strange = new Weights(List.of(new NamedTensor("a.weight", new int[] {3, 3}, new float[9])));

        assertThatThrownBy(() -> found(strange))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No network of the catalogue fits the file's 1 tensors.")
                .hasMessageContaining("fovea network list");
    }
}
