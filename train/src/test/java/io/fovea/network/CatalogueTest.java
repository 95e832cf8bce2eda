package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.module.VectorModule;
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

    /** Those that answer with maps: MapNetworksTest. */
    static List<CatalogueEntry> entries() {
        return Catalogue.entries().stream().filter(entry -> !entry.givesMaps()).toList();
    }

    static List<CatalogueEntry> allEntries() {
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
            // 32·26 + 64·(32·25 + 1) + 256·(1024 + 1) + 10·257
            "lenet-relu, 317066",
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

    @Nested
    @DisplayName("for ImageNet, a thousand classes of 224x224 colour pictures")
    class ForImageNet {

        @ParameterizedTest(name = "{0} has {1} parameters, {2} thousand million MACs and {3} % top-1")
        @CsvSource({
            "alexnet, 61100840, 0.71, 56.522",
            "vgg16, 138357544, 15.47, 71.592",
            "vgg16_bn, 138365992, 15.47, 73.36",
            "vgg19, 143667240, 19.63, 72.376",
            "vgg19_bn, 143678248, 19.63, 74.218",
            "resnet18, 11689512, 1.81, 69.758",
            "resnet34, 21797672, 3.66, 73.314",
            "resnet50, 25557032, 4.09, 76.13",
            "resnet101, 44549160, 7.80, 77.374",
            "resnet152, 60192808, 11.51, 78.312",
            "squeezenet1_0, 1248424, 0.82, 58.092",
            "squeezenet1_1, 1235496, 0.35, 58.178",
            "mobilenet_v2, 3504872, 0.30, 71.878",
            "mobilenet_v2_same, 3504872, 0.30, 71.3",
            "googlenet, 6624904, 1.50, 69.778"
        })
        void has_the_published_figures_in_prediction(String name, long parameters, double macs, double top1) {
            CatalogueEntry entry = Catalogue.entry(name);

            NetworkSummary summary = Inference.of(entry.network().forPrediction());

            assertThat(summary.parameters()).isEqualTo(parameters);
            assertThat(summary.macs() / 1e9).isCloseTo(macs, within(0.005));
            assertThat(entry.publishedTop1()).hasValue(top1);
            assertThat(summary.output()).isEqualTo(new Shape(1000));
        }

        @Test
        void counts_every_multiply_accumulate_of_resnet18() {
            assertThat(Inference.of(Catalogue.entry("resnet18").network()).macs())
                    .isEqualTo(1_814_073_344L);
        }

        @Test
        void gives_googlenet_two_auxiliary_heads_in_training() {
            Network googlenet = Catalogue.entry("googlenet").network();

            assertThat(Inference.of(googlenet).parameters()).isEqualTo(13_004_888);
            assertThat(googlenet.auxiliaries())
                    .containsExactly(new AuxiliaryOutput("aux1.fc2", 0.3), new AuxiliaryOutput("aux2.fc2", 0.3));
        }

        @ParameterizedTest(name = "of {0} pixels: {1} below and to the right")
        @CsvSource({"224, 0, 1", "225, 1, 1"})
        void pads_mobilenet_as_tensorflow_does(int size, int before, int after) {
            Network network = Catalogue.network("mobilenet_v2_same", new Shape(3, size, size), 10);

            assertThat(network.nodes().getFirst().layer())
                    .isInstanceOfSatisfying(Layer.Convolution.class, first -> assertThat(first.padding())
                            .isEqualTo(new Padding(before, after, before, after)));
        }
    }

    @Nested
    @DisplayName("for CIFAR-10, ten classes of 32x32 colour pictures")
    class ForCifar {

        @ParameterizedTest(name = "{0} has {1} parameters")
        @CsvSource({
            "resnet20, 269722",
            "resnet32, 464154",
            "resnet44, 658586",
            "resnet56, 853018",
            "resnet110, 1727962",
            "cifar-vgg16, 14728266"
        })
        void has_the_published_number_of_parameters(String name, long parameters) {
            assertThat(Inference.of(Catalogue.entry(name).network()).parameters())
                    .isEqualTo(parameters);
        }

        @Test
        void has_a_chain_that_the_vector_engine_can_train() {
            Network network = Catalogue.entry("cifar-cnn").network();

            assertThat(VectorModule.supports(network)).isTrue();
            assertThat(Inference.of(network).macs()).isEqualTo(884_736L + 4_718_592 + 4_718_592 + 524_288 + 2_560);
        }
    }

    @Nested
    @DisplayName("for photographs of any size")
    class ForPhotographs {

        @ParameterizedTest(name = "of {0} pixels")
        @CsvSource({"64", "96", "224", "384"})
        void has_a_chain_whose_weights_do_not_grow_with_the_picture(int side) {
            Network network = Catalogue.network("photo-cnn", new Shape(3, side, side), 2);

            assertThat(VectorModule.supports(network)).isTrue();
            // 672 + 10,416 + 41,568 + 110,720 + 147,584 of the convolutions, 2 * 128 + 2 of the dense layer
            assertThat(Inference.of(network).parameters()).isEqualTo(311_218);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takes_colour_pictures_of_another_size_and_any_number_of_classes(CatalogueEntry entry) {
        boolean forPhotographs = entry.defaultInput().size(1) > 100;
        Shape input = forPhotographs ? new Shape(3, 129, 161) : new Shape(3, 33, 41);

        Network network = Catalogue.network(entry.name(), input, 7);

        assertThat(Inference.of(network).output()).isEqualTo(new Shape(7));
        assertThat(network.name()).isEqualTo(entry.name());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takes_grey_pictures(CatalogueEntry entry) {
        Shape made = entry.defaultInput();

        Network network = Catalogue.network(entry.name(), new Shape(1, made.size(1), made.size(2)), 2);

        assertThat(Inference.of(network).output()).isEqualTo(new Shape(2));
    }

    @Test
    void names_every_network_once() {
        assertThat(Catalogue.names()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("allEntries")
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
    void gives_a_regression_of_one_number_its_one_output() {
        assertThat(Inference.of(Catalogue.network("lenet", new Shape(1, 28, 28), 1))
                        .output())
                .isEqualTo(new Shape(1));
    }

    @Test
    void refuses_a_network_without_outputs() {
        assertThatThrownBy(() -> Catalogue.network("lenet", new Shape(1, 28, 28), 0))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("A network needs at least 1 output, found 0."));
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
