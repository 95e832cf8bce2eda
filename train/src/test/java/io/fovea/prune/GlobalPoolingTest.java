package io.fovea.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pooling in the place of dense layers")
class GlobalPoolingTest {

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }

    @Test
    void answers_with_one_dense_layer_on_a_mean_of_each_map() {
        Network lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        Network pooled = GlobalPooling.of(lenet);

        assertThat(names(pooled))
                .containsExactly("conv1", "pool1", "conv2", "pool2", "relu1", "global_pooling", "flatten1", "dense2");
        assertThat(Inference.of(pooled).output()).isEqualTo(new Shape(10));
        // 20·25 + 20, 50·20·25 + 50, and 10·50 + 10 in the place of 431,080
        assertThat(Inference.of(pooled).parameters()).isEqualTo(520 + 25_050 + 510);
    }

    @Test
    void needs_no_activation_where_maps_have_passed_one() {
        Network photo = Catalogue.network("vgg16", new Shape(3, 64, 64), 10);

        assertThat(names(GlobalPooling.of(photo))).containsSubsequence("features.29", "features.30", "global_pooling");
    }

    @Test
    void drops_the_pooling_that_only_brought_maps_to_the_size_of_dense_layers() {
        Network vgg = Catalogue.network("vgg16", new Shape(3, 64, 64), 10);

        Network pooled = GlobalPooling.of(vgg);

        assertThat(pooled.nodes()).noneMatch(node -> node.layer() instanceof Layer.AdaptiveAveragePooling);
        assertThat(Inference.of(pooled).parameters()).isLessThan(15_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "squeezenet1_1", "mobilenet_v2", "resnet20", "mlp", "unet-small"})
    void refuses_networks_without_dense_layers_behind_maps_and_says_why(String name) {
        Shape input = Catalogue.entry(name).defaultInput();
        Network network = Catalogue.network(name, input, Catalogue.entry(name).defaultClasses());

        assertThatThrownBy(() -> GlobalPooling.of(network))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                        .contains("no dense layers that pooling could take the place of"));
    }
}
