package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Fitting weights to a network")
class FittingTest {

    /** conv [2, 3, 1, 1] without bias, batch norm, ReLU, flatten of [2, 1, 2], fc [K, 4]. */
    private static final IntFunction<Network> TINY = outputs -> new NetworkBuilder("tiny", new Shape(3, 1, 2))
            .then("conv", convolution(2, Bias.WITHOUT))
            .then("bn", new Layer.BatchNorm(1e-5, 0.1))
            .then("flat", new Layer.Flatten())
            .then("fc", new Layer.Dense(outputs, Bias.WITH))
            .network();

    private static Layer.Convolution convolution(int channels, Bias bias) {
        return new Layer.Convolution(channels, 1, 1, 1, Padding.NONE, 1, 1, bias);
    }

    private static final List<NamedTensor> WHOLE = List.of(
            counted("conv.weight", 2, 3, 1, 1),
            counted("bn.weight", 2),
            counted("bn.bias", 2),
            counted("bn.running_mean", 2),
            counted("bn.running_var", 2),
            counted("fc.weight", 7, 4),
            counted("fc.bias", 7));

    /** Values 0, 1, 2 … */
    private static NamedTensor counted(String name, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) values[i] = i;
        return new NamedTensor(name, shape, values);
    }

    private static Fit fit(List<NamedTensor> tensors) {
        return Fitting.of(new Weights(tensors), TINY, ChannelOrder.RGB);
    }

    private static List<NamedTensor> without(String name) {
        return WHOLE.stream().filter(tensor -> !tensor.name().equals(name)).toList();
    }

    private static List<NamedTensor> with(List<NamedTensor> tensors, NamedTensor... more) {
        List<NamedTensor> all = new ArrayList<>(tensors);
        all.addAll(List.of(more));
        return all;
    }

    private static List<NamedTensor> named(String prefix) {
        return WHOLE.stream()
                .map(tensor -> new NamedTensor(prefix + tensor.name(), tensor.shape(), tensor.values()))
                .toList();
    }

    @Nested
    @DisplayName("beside others")
    class BesideOthers {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "model.",
                    "module.",
                    "_orig_mod.",
                    "net.",
                    "state_dict.",
                    "ema.",
                    "student.backbone.",
                    "anything.of.theirs."
                })
        void are_found_by_what_fits_the_network(String prefix) {
            Fit fit = fit(with(named(prefix), counted("criterion.weight", 7), counted("metrics.total")));
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.fitted()).hasSize(7);
            assertThat(fit.leftOver()).containsExactly("criterion.weight", "metrics.total");
            assertThat(fit.remarks()).isEmpty();
        }

        @Test
        void are_the_weights_rather_than_their_average_and_it_is_said() {
            List<NamedTensor> average = WHOLE.stream()
                    .map(tensor -> new NamedTensor(
                            "ema_model." + tensor.name(), tensor.shape(), new float[tensor.values().length]))
                    .toList();
            Fit fit = fit(with(average, named("model.").toArray(NamedTensor[]::new)));
            assertThat(fit.weights().values("fc.bias")).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(fit.leftOver()).isEmpty();
            assertThat(fit.remarks())
                    .containsExactly(
                            "the file holds 2 sets of tensors that fit: those named \"model.…\" are taken, those"
                                    + " named \"ema_model.…\" are not; --prefix PREFIX takes another");
        }

        @Test
        void are_those_that_were_asked_for() {
            List<NamedTensor> two = with(WHOLE, named("ema_model.").toArray(NamedTensor[]::new));
            two.replaceAll(tensor -> tensor.name().equals("ema_model.fc.bias")
                    ? new NamedTensor(tensor.name(), tensor.shape(), new float[7])
                    : tensor);
            assertThat(fit(two).weights().values("fc.bias")).containsExactly(0, 1, 2, 3, 4, 5, 6);
            FileNames.Normalised asked = FileNames.normalised(
                    new Weights(two), java.util.Set.of("fc.bias"), java.util.Optional.of("ema_model"));
            assertThat(asked.inside())
                    .containsEntry("ema_model.fc.bias", "fc.bias")
                    .hasSize(7);
            assertThatThrownBy(() -> FileNames.normalised(
                            new Weights(two), java.util.Set.of("fc.bias"), java.util.Optional.of("ema_modle")))
                    .hasMessageContaining("No tensor of the file begins with \"ema_modle\".")
                    .hasMessageContaining("ema_model.");
        }

        @Test
        void may_have_a_last_layer_without_their_prefix() {
            List<NamedTensor> split = new ArrayList<>();
            for (NamedTensor tensor : WHOLE) {
                boolean head = tensor.name().startsWith("fc.");
                split.add(
                        head ? tensor : new NamedTensor("backbone." + tensor.name(), tensor.shape(), tensor.values()));
            }
            Fit fit = fit(split);
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.remarks())
                    .containsExactly("without the \"backbone.\" of the others taken: fc.weight, fc.bias");
        }
    }

    @Nested
    @DisplayName("by their names")
    class ByName {

        @Test
        void takes_as_many_classes_as_the_file_has() {
            Fit fit = fit(WHOLE);
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.outputs()).isEqualTo(7);
            assertThat(fit.fitted())
                    .containsExactly(
                            "conv.weight",
                            "bn.weight",
                            "bn.bias",
                            "bn.running_mean",
                            "bn.running_var",
                            "fc.weight",
                            "fc.bias");
            assertThat(fit.leftOver()).isEmpty();
            assertThat(fit.remarks()).isEmpty();
        }

        @Test
        void drops_what_all_names_begin_with_and_counters() {
            List<NamedTensor> wrapped = WHOLE.stream()
                    .map(tensor -> new NamedTensor("module.model." + tensor.name(), tensor.shape(), tensor.values()))
                    .toList();
            Fit fit = fit(with(wrapped, counted("module.model.bn.num_batches_tracked")));
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.leftOver()).isEmpty();
        }

        @Test
        void keeps_numbers_that_a_name_has_twice() {
            Weights weights = new Weights(List.of(counted("features.0.0.bias"), counted("features.1.conv.0.0.weight")));
            assertThat(FileNames.normalised(weights, java.util.Set.of(), java.util.Optional.empty())
                            .inside()
                            .values())
                    .containsExactly("features.0.0.bias", "features.1.conv.0.0.weight");
        }

        @Test
        void names_what_is_missing_left_over_and_misshaped() {
            Fit fit = fit(with(without("bn.bias"), counted("extra.weight", 1)));
            assertThat(fit.missing()).containsExactly("bn.bias");
            assertThat(fit.leftOver()).containsExactly("extra.weight");
            Fit other = fit(with(without("fc.bias"), counted("fc.bias", 5)));
            assertThat(other.misshaped())
                    .extracting(Object::toString)
                    .containsExactly("fc.bias should be [7] and is [5]");
            assertThat(other.isComplete()).isFalse();
        }

        @Test
        void does_without_what_serves_auxiliary_outputs() {
            IntFunction<Network> network = outputs -> new NetworkBuilder("two", new Shape(1, 1, 2))
                    .then("flat", new Layer.Flatten())
                    .then("aux", new Layer.Dense(outputs, Bias.WITHOUT), List.of("flat"))
                    .then("fc", new Layer.Dense(outputs, Bias.WITHOUT), List.of("flat"))
                    .auxiliary("aux", 0.3)
                    .network();
            Fit fit = Fitting.of(new Weights(List.of(counted("fc.weight", 4, 2))), network, ChannelOrder.RGB);
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.fitted()).containsExactly("fc.weight");
        }
    }

    @Test
    @DisplayName("unfolds batch norms into the same function")
    void unfolds_batch_norms() {
        Fit fit = fit(List.of(
                counted("conv.weight", 2, 3, 1, 1),
                new NamedTensor("conv.bias", new int[] {2}, new float[] {0.5f, -2}),
                counted("fc.weight", 7, 4),
                counted("fc.bias", 7)));
        assertThat(fit.isComplete()).isTrue();
        assertThat(fit.weights().values("bn.weight")).containsExactly(1, 1);
        assertThat(fit.weights().values("bn.bias")).containsExactly(0.5f, -2);
        assertThat(fit.weights().values("bn.running_mean")).containsExactly(0, 0);
        assertThat(fit.weights().values("bn.running_var")).containsExactly(0.99999f, 0.99999f);
        assertThat(fit.remarks()).containsExactly("1 batch norms unfolded");
    }

    @Nested
    @DisplayName("of TensorFlow")
    class TensorFlow {

        @Test
        void turns_axes_and_the_order_after_a_flatten() {
            Fit fit = fit(List.of(
                    // [KH, KW, C, OC]: weight of input c and output o is 2c + o
                    counted("conv/conv/kernel:0", 1, 1, 3, 2),
                    counted("bn/bn/gamma:0", 2),
                    counted("bn/bn/beta:0", 2),
                    counted("bn/bn/moving_mean:0", 2),
                    counted("bn/bn/moving_variance:0", 2),
                    // [D, outputs], D = pixel · 2 + channel
                    counted("fc/fc/kernel:0", 4, 2),
                    counted("fc/fc/bias:0", 2)));
            assertThat(fit.isComplete()).as(fit.toString()).isTrue();
            assertThat(fit.outputs()).isEqualTo(2);
            assertThat(fit.weights().values("conv.weight")).containsExactly(0, 2, 4, 1, 3, 5);
            // Channel by channel: features 0 and 2 are channel 0, features 1 and 3 channel 1; output 0 has even
            // numbers.
            assertThat(fit.weights().values("fc.weight")).containsExactly(0, 4, 2, 6, 1, 5, 3, 7);
        }

        @Test
        void turns_depthwise_kernels() {
            NamedTensor kernel = TensorFlowLayout.turned(counted("a/depthwise_kernel:0", 1, 2, 3, 1));
            assertThat(kernel.shape()).containsExactly(3, 1, 1, 2);
            assertThat(kernel.values()).containsExactly(0, 3, 1, 4, 2, 5);
        }

        @Test
        void matches_other_names_by_shapes_and_order() {
            Fit fit = fit(List.of(
                    counted("conv2d/kernel", 1, 1, 3, 2),
                    counted("batch_normalization/gamma", 2),
                    counted("batch_normalization/beta", 2),
                    counted("batch_normalization/moving_mean", 2),
                    counted("batch_normalization/moving_variance", 2),
                    counted("dense/kernel", 4, 2),
                    counted("dense/bias", 2)));
            assertThat(fit.isComplete()).as(fit.toString()).isTrue();
            assertThat(fit.weights().values("conv.weight")).containsExactly(0, 2, 4, 1, 3, 5);
            assertThat(fit.remarks())
                    .containsExactly(
                            "the file's names are not the network's: matched by shapes and order",
                            "axes turned from TensorFlow's order");
        }
    }

    @Nested
    @DisplayName("by shapes and order")
    class ByOrder {

        private final IntFunction<Network> chain = outputs -> new NetworkBuilder("chain", new Shape(1, 1, 1))
                .then("a", convolution(1, Bias.WITHOUT))
                .then("b", convolution(1, Bias.WITHOUT))
                .then("flat", new Layer.Flatten())
                .then("fc", new Layer.Dense(outputs, Bias.WITHOUT))
                .network();

        private final IntFunction<Network> fork = outputs -> new NetworkBuilder("fork", new Shape(1, 1, 1))
                .then("a", convolution(1, Bias.WITHOUT))
                .then("b", convolution(1, Bias.WITHOUT), List.of(Network.INPUT))
                .then("sum", new Layer.Add(), List.of("a", "b"))
                .then("flat", new Layer.Flatten())
                .then("fc", new Layer.Dense(outputs, Bias.WITHOUT))
                .network();

        private final Weights file = new Weights(List.of(
                new NamedTensor("x1.weight", new int[] {1, 1, 1, 1}, new float[] {5}),
                new NamedTensor("x2.weight", new int[] {1, 1, 1, 1}, new float[] {6}),
                counted("head.weight", 3, 1)));

        @Test
        void takes_layers_of_a_chain_one_after_another() {
            Fit fit = Fitting.of(file, chain, ChannelOrder.RGB);
            assertThat(fit.isComplete()).isTrue();
            assertThat(fit.weights().values("a.weight")).containsExactly(5);
            assertThat(fit.weights().values("b.weight")).containsExactly(6);
            assertThat(fit.outputs()).isEqualTo(3);
        }

        @Test
        void matches_nothing_where_two_like_layers_stand_side_by_side() {
            Fit fit = Fitting.of(file, fork, ChannelOrder.RGB);
            assertThat(fit.missing()).containsExactly("a.weight", "b.weight", "fc.weight");
        }

        @Test
        void counts_where_names_are_in_alphabetical_order() {
            List<String> names =
                    FileLayer.of(List.of(counted("conv_1.weight"), counted("conv_10.weight"), counted("conv_2.weight")))
                            .stream()
                            .map(FileLayer::name)
                            .toList();
            assertThat(names).containsExactly("conv_1", "conv_2", "conv_10");
        }
    }

    @Nested
    @DisplayName("with channels in the order blue, green, red")
    class Channels {

        @Test
        void turns_those_of_the_first_convolution() {
            Fit fit = Fitting.of(new Weights(WHOLE), TINY, ChannelOrder.BGR);
            assertThat(fit.weights().values("conv.weight")).containsExactly(2, 1, 0, 5, 4, 3);
        }

        @Test
        void refuses_where_there_are_no_three() {
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> Fitting.of(
                            new Weights(List.of(counted("fc.weight", 4, 2))),
                            outputs -> new NetworkBuilder("flat", new Shape(1, 1, 2))
                                    .then(new Layer.Flatten())
                                    .then("fc", new Layer.Dense(outputs, Bias.WITHOUT))
                                    .network(),
                            ChannelOrder.BGR));
            assertThat(problem.remedy()).isEqualTo("leave out --channel-order");
        }
    }
}
