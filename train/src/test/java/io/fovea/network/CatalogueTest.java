package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The catalogue")
class CatalogueTest {

    static List<CatalogueEntry> entries() {
        return Catalogue.entries();
    }

    @Nested
    @DisplayName("for MNIST, ten classes of 28x28 grey pictures")
    class ForMnist {

        @ParameterizedTest(name = "{0} has {1} parameters")
        @CsvSource({
            "perceptron, 7850",
            "mlp, 669706",
            "lenet, 431080",
            "mnist-cnn, 1199882",
            "hybrid-64, 121930",
            "hybrid-32, 70378",
            "hybrid-16, 44602",
            "hybrid-8, 31714"
        })
        void has_the_published_number_of_parameters(String name, long parameters) {
            Network network = Catalogue.network(name, new Shape(1, 28, 28), 10);

            assertThat(Inference.of(network).parameters()).isEqualTo(parameters);
        }

        @Test
        void gives_lenet_the_sizes_of_its_layers_in_digits() {
            NetworkSummary lenet = Inference.of(Catalogue.network("lenet", new Shape(1, 28, 28), 10));

            assertThat(lenet.layers())
                    .extracting(layer -> layer.name() + " " + layer.output() + " " + layer.parameters())
                    .containsExactly(
                            "conv1 [N, 20, 24, 24] 520",
                            "pool1 [N, 20, 12, 12] 0",
                            "conv2 [N, 50, 8, 8] 25050",
                            "pool2 [N, 50, 4, 4] 0",
                            "flatten1 [N, 800] 0",
                            "dense1 [N, 500] 400500",
                            "relu1 [N, 500] 0",
                            "dense2 [N, 10] 5010");
            assertThat(lenet.macs()).isEqualTo(288_000L + 1_600_000 + 400_000 + 5_000);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takes_colour_pictures_of_another_size_and_any_number_of_classes(CatalogueEntry entry) {
        Network network = Catalogue.network(entry.name(), new Shape(3, 33, 41), 7);

        assertThat(Inference.of(network).output()).isEqualTo(new Shape(7));
        assertThat(network.name()).isEqualTo(entry.name());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void says_what_a_network_is_and_where_it_comes_from(CatalogueEntry entry) {
        assertThat(entry.description()).endsWith(".");
        assertThat(entry.source()).isNotBlank();
    }

    @Test
    void offers_the_nearest_name_for_an_unknown_one() {
        assertThatThrownBy(() -> Catalogue.entry("lenett")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("No network is named \"lenett\".");
            assertThat(problem.remedy()).startsWith("did you mean \"lenet\"?");
        });
    }

    @Test
    void refuses_a_single_class() {
        assertThatThrownBy(() -> Catalogue.network("lenet", new Shape(1, 28, 28), 1))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("A classifier needs at least 2 classes, found 1."));
    }

    @Test
    void refuses_pictures_too_small_for_the_network_and_names_the_layer() {
        assertThatThrownBy(() -> Catalogue.network("lenet", new Shape(1, 10, 10), 10))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what())
                            .isEqualTo(
                                    "Layer \"conv2\" (convolution) slides a window of 5x5, but its input [N, 20, 3, 3]"
                                            + " is smaller, even with its padding.");
                    assertThat(problem.where())
                            .isEqualTo("network \"lenet\", layer 3 of 8, after \"pool1\"; pictures are [1, 10, 10]");
                });
    }
}
