package io.fovea.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A backbone")
class BackboneTest {

    @Test
    void of_resnet18_gives_512_features_and_keeps_the_name_of_the_head() {
        Backbone backbone = backbone("resnet18", 64, Backbone.Output.FEATURES);

        assertThat(backbone.features()).isEqualTo(512);
        assertThat(backbone.head()).isEqualTo("fc");
        assertThat(backbone.weights().tensor("fc.weight")).isEmpty();
        assertThat(Inference.of(backbone.withDenseHead(3)).output()).isEqualTo(new Shape(3));
    }

    @Test
    void of_resnet18_gives_maps_where_places_count() {
        assertThat(backbone("resnet18", 64, Backbone.Output.MAPS).features()).isEqualTo(512 * 2 * 2);
    }

    @Test
    void of_squeezenet_gives_the_means_of_the_maps_before_its_convolutional_head() {
        Backbone backbone = backbone("squeezenet1_1", 64, Backbone.Output.FEATURES);

        assertThat(backbone.features()).isEqualTo(512);
        assertThat(backbone.head()).isEqualTo("classifier.1");
    }

    @Test
    void of_mobilenet_gives_1280_features() {
        assertThat(backbone("mobilenet_v2", 64, Backbone.Output.FEATURES).features())
                .isEqualTo(1280);
    }

    @Test
    void of_googlenet_leaves_the_auxiliary_heads_behind() {
        Backbone backbone = backbone("googlenet", 64, Backbone.Output.FEATURES);

        assertThat(backbone.features()).isEqualTo(1024);
        assertThat(backbone.network().nodes()).noneMatch(node -> node.name().startsWith("aux"));
    }

    @Test
    void needs_a_layer_before_the_last() {
        assertThatThrownBy(() -> backbone("perceptron", 28, Backbone.Output.FEATURES))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .startsWith("The network has no layers to keep"));
    }

    private static Backbone backbone(String name, int side, Backbone.Output output) {
        Network network = Catalogue.network(name, new Shape(3, side, side), 10);
        return Backbone.of(network, Initialization.of(network, new SplittableRandom(1)), output);
    }
}
