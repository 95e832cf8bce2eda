package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Inference")
class InferenceTest {

    private static final Layer RELU = new Layer.Activation(ActivationFunction.RELU);
    private static final Shape INPUT = new Shape(4, 9, 7);

    @Nested
    @DisplayName("of a window's output size")
    class Windows {

        @ParameterizedTest(name = "{0} wide, kernel {1}, stride {2}, padding {3}, dilation {4}: {5}")
        @CsvSource({
            "5, 3, 1, 0, 1, 3", "5, 3, 1, 1, 1, 5", "5, 3, 2, 0, 1, 2", "6, 3, 2, 0, 1, 2", "7, 3, 2, 1, 1, 4",
            "5, 3, 1, 0, 2, 1", "9, 3, 2, 2, 3, 4", "1, 1, 1, 0, 1, 1", "1, 3, 1, 1, 1, 1", "5, 1, 4, 0, 1, 2"
        })
        void follows_the_formula_of_the_convolution(
                int size, int kernel, int stride, int padding, int dilation, int expected) {
            Layer convolution =
                    new Layer.Convolution(2, kernel, kernel, stride, Padding.all(padding), dilation, 1, Bias.WITH);

            assertThat(output(new Shape(1, size, size), convolution)).isEqualTo(new Shape(2, expected, expected));
        }

        @Test
        void counts_each_side_of_an_asymmetric_padding() {
            Layer convolution = new Layer.Convolution(2, 3, 2, 1, new Padding(1, 2, 0, 3), 1, 1, Bias.WITH);

            assertThat(output(new Shape(1, 5, 5), convolution)).isEqualTo(new Shape(2, 6, 7));
        }

        @ParameterizedTest(name = "{0} wide, kernel {1}, stride {2}, padding {3}: {4} rounded down, {5} up")
        @CsvSource({
            "4, 2, 2, 0, 2, 2",
            "5, 2, 2, 0, 2, 3",
            "6, 3, 2, 0, 2, 3",
            "7, 3, 2, 1, 4, 4",
            "6, 3, 2, 1, 3, 4",
            "1, 1, 1, 0, 1, 1",
            "5, 3, 3, 1, 2, 2"
        })
        void rounds_pooling_as_asked(int size, int kernel, int stride, int padding, int down, int up) {
            Shape input = new Shape(1, size, size);

            assertThat(output(input, new Layer.MaxPooling(kernel, stride, padding, Rounding.FLOOR)))
                    .isEqualTo(new Shape(1, down, down));
            assertThat(output(input, new Layer.MaxPooling(kernel, stride, padding, Rounding.CEILING)))
                    .isEqualTo(new Shape(1, up, up));
            assertThat(output(input, new Layer.AveragePooling(kernel, stride, padding, Rounding.CEILING)))
                    .isEqualTo(new Shape(1, up, up));
        }

        @ParameterizedTest(name = "{0} times: {1} high, {2} wide")
        @CsvSource({"1, 9, 7", "2, 18, 14", "3, 27, 21"})
        void is_a_whole_number_of_times_as_large_after_upsampling(int factor, int height, int width) {
            for (Layer.Interpolation interpolation : Layer.Interpolation.values()) {
                assertThat(output(INPUT, new Layer.Upsample(factor, interpolation)))
                        .isEqualTo(new Shape(4, height, width));
            }
        }

        /** 1 wide, kernel 2, stride 3, padding 1: ⌈1/3⌉ + 1 = 2 windows, but the second would begin at column 2, beyond the padding on the left and the picture. */
        @Test
        void leaves_out_a_window_that_would_begin_beyond_the_picture() {
            assertThat(output(new Shape(1, 1, 1), new Layer.MaxPooling(2, 3, 1, Rounding.CEILING)))
                    .isEqualTo(new Shape(1, 1, 1));
        }
    }

    @Nested
    @DisplayName("of a product")
    class Products {

        @Test
        void is_that_of_the_maps_whichever_side_the_gate_stands_on() {
            for (List<String> inputs : List.of(List.of("input", "gate"), List.of("gate", "input"))) {
                Network network = new NetworkBuilder("n", INPUT)
                        .then("gate", new Layer.GlobalAveragePooling())
                        .then("product", new Layer.Multiply(), inputs)
                        .network();

                assertThat(Inference.of(network).output()).isEqualTo(INPUT);
            }
        }

        @Test
        void of_features_is_that_of_both() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("row", new Layer.Flatten())
                    .then("square", new Layer.Multiply(), List.of("row", "row"))
                    .network();

            assertThat(Inference.of(network).output()).isEqualTo(new Shape(252));
            assertThat(Inference.of(network).macs()).isZero();
        }
    }

    @Nested
    @DisplayName("of parameters and cost")
    class Costs {

        /** 6 maps of 7x5 values, each a sum over 4/2 channels and a window of 3x3; one bias per map. */
        @Test
        void counts_a_grouped_convolution_by_the_channels_of_a_group() {
            LayerSummary layer = first(new Layer.Convolution(6, 3, 3, 1, Padding.NONE, 1, 2, Bias.WITH));

            assertThat(layer.parameters()).isEqualTo(6 * 2 * 9 + 6);
            assertThat(layer.macs()).isEqualTo(6 * 7 * 5 * 2 * 9);
        }

        @Test
        void counts_trained_parameters_of_a_batch_norm_but_not_its_running_statistics() {
            LayerSummary layer = first(new Layer.BatchNorm(1e-5, 0.1));

            assertThat(layer.parameters()).isEqualTo(8);
            assertThat(layer.macs()).isZero();
        }

        @Test
        void specifies_every_tensor_in_the_order_of_torchvision() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("layer1.0.conv1", new Layer.Convolution(6, 3, 5, 1, Padding.NONE, 1, 2, Bias.WITHOUT))
                    .then("layer1.0.bn1", new Layer.BatchNorm(1e-5, 0.1))
                    .then(new Layer.Flatten())
                    .then("fc", new Layer.Dense(10, Bias.WITH))
                    .network();

            assertThat(Parameters.of(network))
                    .extracting(ParameterSpecification::toString)
                    .containsExactly(
                            "layer1.0.conv1.weight [6, 2, 3, 5] PARAMETER fanIn=30 fanOut=90",
                            "layer1.0.bn1.weight [6] PARAMETER fanIn=1 fanOut=1",
                            "layer1.0.bn1.bias [6] PARAMETER fanIn=1 fanOut=1",
                            "layer1.0.bn1.running_mean [6] BUFFER fanIn=1 fanOut=1",
                            "layer1.0.bn1.running_var [6] BUFFER fanIn=1 fanOut=1",
                            "fc.weight [10, 126] PARAMETER fanIn=126 fanOut=10",
                            "fc.bias [10] PARAMETER fanIn=126 fanOut=10");
        }
    }

    @Nested
    @DisplayName("of a graph that is wrong")
    class WrongGraphs {

        @Test
        void refuses_an_unknown_layer_and_offers_the_nearest() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("first", RELU)
                    .then("second", RELU, List.of("fist"))
                    .network();

            assertProblem(
                    network,
                    "Layer \"second\" reads \"fist\", which does not exist.",
                    "network \"n\", layer 2 of 2, after \"fist\"; pictures are [4, 9, 7]",
                    "did you mean \"first\"?");
        }

        @Test
        void refuses_a_layer_that_comes_later() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("a", RELU, List.of("b"))
                    .then("b", RELU, List.of("a"))
                    .network();

            assertProblem(
                    network,
                    "Layer \"a\" reads \"b\", which comes after it.",
                    "network \"n\", layer 1 of 2, after \"b\"; pictures are [4, 9, 7]",
                    "move \"b\" before \"a\"");
        }

        @Test
        void refuses_a_layer_that_reads_itself() {
            Network network =
                    new NetworkBuilder("n", INPUT).then("a", RELU, List.of("a")).network();

            assertProblem(
                    network,
                    "Layer \"a\" reads itself.",
                    "network \"n\", layer 1 of 1, after \"a\"; pictures are [4, 9, 7]",
                    "let it read a layer before it");
        }

        @Test
        void refuses_a_name_used_twice() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("a", RELU)
                    .then("b", RELU)
                    .then("a", RELU)
                    .network();

            assertProblem(
                    network,
                    "Two layers are named \"a\".",
                    "network \"n\", layer 3 of 3, after \"b\"; pictures are [4, 9, 7]",
                    "rename one of layers 1 and 3");
        }

        @Test
        void refuses_a_layer_named_like_the_picture() {
            Network network = new NetworkBuilder("n", INPUT).then("input", RELU).network();

            assertProblem(
                    network,
                    "A layer is named \"input\", which means the picture.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "give the layer another name");
        }

        @Test
        void refuses_a_layer_that_nobody_reads() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("a", RELU)
                    .then("b", RELU, List.of("input"))
                    .network();

            assertProblem(
                    network,
                    "No layer reads \"a\".",
                    "network \"n\", layer 1 of 2, after the picture; pictures are [4, 9, 7]",
                    "remove it");
        }

        @Test
        void refuses_a_softmax_before_the_end() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then(new Layer.Flatten())
                    .then(new Layer.Softmax())
                    .then(RELU)
                    .network();

            assertProblem(
                    network,
                    "Layer \"softmax1\" (softmax) is not the last layer.",
                    "network \"n\", layer 2 of 3, after \"flatten1\"; pictures are [4, 9, 7]",
                    "move it to the end");
        }
    }

    @Nested
    @DisplayName("of layers that do not fit")
    class Misfits {

        @Test
        void refuses_a_dense_layer_on_maps() {
            assertProblem(
                    network(new Layer.Dense(10, Bias.WITH)),
                    "Layer \"dense1\" (dense) expects features [N, D] but gets maps [N, 4, 9, 7].",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "put a flatten layer before \"dense1\"");
        }

        @Test
        void refuses_a_convolution_on_features() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then(new Layer.Flatten())
                    .then(new Layer.Convolution(1, 1, 1, 1, Padding.NONE, 1, 1, Bias.WITH))
                    .network();

            assertProblem(
                    network,
                    "Layer \"conv1\" (convolution) expects maps [N, C, H, W] but gets features [N, 252].",
                    "network \"n\", layer 2 of 2, after \"flatten1\"; pictures are [4, 9, 7]",
                    "move \"conv1\" before the flatten layer");
        }

        @Test
        void refuses_a_window_larger_than_the_padded_maps() {
            assertProblem(
                    network(new Layer.Convolution(1, 3, 4, 1, Padding.all(1), 3, 1, Bias.WITH)),
                    "Layer \"conv1\" (convolution) slides a window of 7x10, but its input [N, 4, 9, 7] is smaller,"
                            + " even with its padding.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "make the window of \"conv1\" smaller");
            assertProblem(
                    network(new Layer.MaxPooling(8, 1, 0, Rounding.FLOOR)),
                    "Layer \"pool1\" (max-pooling) slides a window of 8x8, but its input [N, 4, 9, 7] is smaller, even"
                            + " with its padding.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "make the window of \"pool1\" smaller");
        }

        @Test
        void refuses_groups_that_do_not_divide_the_channels() {
            assertProblem(
                    network(new Layer.Convolution(3, 1, 1, 1, Padding.NONE, 1, 3, Bias.WITH)),
                    "Layer \"conv1\" splits its input into 3 groups, but gets 4 channels.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "set groups of \"conv1\" to a divisor of 4");
        }

        @Test
        void refuses_to_add_different_shapes() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("small", new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                    .then("sum", new Layer.Add(), List.of("small", "input"))
                    .network();

            assertProblem(
                    network,
                    "Layer \"sum\" (add) expects inputs of one shape but gets [N, 4, 4, 3] and [N, 4, 9, 7].",
                    "network \"n\", layer 2 of 2, after \"small\" and the picture; pictures are [4, 9, 7]",
                    "bring the branches to one shape");
        }

        @Test
        void refuses_to_join_maps_of_different_sizes() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("small", new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR))
                    .then("joined", new Layer.Concat(), List.of("small", "input"))
                    .network();

            assertProblem(
                    network,
                    "Layer \"joined\" (concat) expects maps of one height and width but gets [N, 4, 4, 3] and [N, 4,"
                            + " 9, 7].",
                    "network \"n\", layer 2 of 2, after \"small\" and the picture; pictures are [4, 9, 7]",
                    "give the branches the same strides");
        }

        @Test
        void refuses_to_multiply_maps_by_a_gate_of_other_channels() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("gate", Layer.Convolution.square(3, 1, 1, 0, Bias.WITH))
                    .then("pixel", new Layer.GlobalAveragePooling())
                    .then("product", new Layer.Multiply(), List.of("input", "pixel"))
                    .network();

            assertProblem(
                    network,
                    "Layer \"product\" (multiply) expects two inputs of one shape, or one of them with one pixel per"
                            + " map, but gets [N, 4, 9, 7] and [N, 3, 1, 1].",
                    "network \"n\", layer 3 of 3, after the picture and \"pixel\"; pictures are [4, 9, 7]",
                    "bring the two to one shape");
        }

        @Test
        void refuses_to_multiply_features_by_a_single_number() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then("row", new Layer.Flatten())
                    .then("one", new Layer.Dense(1, Bias.WITH))
                    .then("product", new Layer.Multiply(), List.of("row", "one"))
                    .network();

            assertThatThrownBy(() -> Inference.of(network)).hasMessageContaining("but gets [N, 252] and [N, 1].");
        }

        @Test
        void refuses_to_multiply_anything_but_two() {
            assertProblem(
                    network(new Layer.Multiply()),
                    "Layer \"multiply1\" (multiply) expects two inputs but gets 1.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "name the two layers it reads");
        }

        @Test
        void refuses_to_make_features_larger() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then(new Layer.Flatten())
                    .then(new Layer.Upsample(2, Layer.Interpolation.BILINEAR))
                    .network();

            assertProblem(
                    network,
                    "Layer \"upsample1\" (upsample) expects maps [N, C, H, W] but gets features [N, 252].",
                    "network \"n\", layer 2 of 2, after \"flatten1\"; pictures are [4, 9, 7]",
                    "move \"upsample1\" before the flatten layer");
        }

        @Test
        void refuses_maps_larger_than_a_number_can_say() {
            assertProblem(
                    network(new Layer.Upsample(1_000_000_000, Layer.Interpolation.NEAREST)),
                    "Layer \"upsample1\" would give 9000000000 values per picture.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "use smaller pictures");
        }

        @Test
        void refuses_a_wrong_number_of_inputs() {
            assertProblem(
                    network(new Layer.Add()),
                    "Layer \"add1\" (add) expects two or more inputs but gets 1.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [4, 9, 7]",
                    "name the layers it reads");
            assertProblem(
                    new NetworkBuilder("n", INPUT)
                            .then("a", RELU)
                            .then("b", RELU, List.of("a", "input"))
                            .network(),
                    "Layer \"b\" (relu) expects 1 input but gets 2.",
                    "network \"n\", layer 2 of 2, after \"a\" and the picture; pictures are [4, 9, 7]",
                    "let \"b\" read one layer");
        }

        @Test
        void refuses_more_weights_than_a_tensor_holds() {
            Network network = new NetworkBuilder("n", INPUT)
                    .then(new Layer.Flatten())
                    .then(new Layer.Dense(2_000_000_000, Bias.WITH))
                    .network();

            assertProblem(
                    network,
                    "Layer \"dense1\" would have 504000000000 weights, more than fit into one tensor.",
                    "network \"n\", layer 2 of 2, after \"flatten1\"; pictures are [4, 9, 7]",
                    "give \"dense1\" fewer outputs");
        }

        @Test
        void refuses_more_values_than_an_array_holds() {
            Network network = new NetworkBuilder("n", new Shape(3, 40_000, 40_000))
                    .then(new Layer.Flatten())
                    .network();

            assertProblem(
                    network,
                    "Layer \"flatten1\" would give 4800000000 values per picture.",
                    "network \"n\", layer 1 of 1, after the picture; pictures are [3, 40000, 40000]",
                    "use smaller pictures");
        }
    }

    private static Network network(Layer layer) {
        return new NetworkBuilder("n", INPUT).then(layer).network();
    }

    private static LayerSummary first(Layer layer) {
        return Inference.of(network(layer)).layers().getFirst();
    }

    private static Shape output(Shape input, Layer layer) {
        return Inference.of(new NetworkBuilder("n", input).then(layer).network())
                .output();
    }

    private static void assertProblem(Network network, String what, String where, String remedy) {
        assertThatThrownBy(() -> Inference.of(network)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo(what);
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.remedy()).startsWith(remedy);
        });
    }
}
