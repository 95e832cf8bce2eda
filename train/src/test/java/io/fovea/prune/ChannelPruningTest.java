package io.fovea.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Padding;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.network.SmallCatalogue;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Reconstruction;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Pruning of channels")
class ChannelPruningTest {

    private static final int MANY_PARAMETERS = 15_000_000;
    private static final int CLASSES = 10;

    private static Convolution depthwise(int channels, int outputs) {
        return new Convolution(outputs, 3, 3, 1, Padding.all(1), 1, channels, Bias.WITHOUT);
    }

    private static int width(ChannelPruning pruned, String layer) {
        return pruned.widths().get(layer).after();
    }

    @Nested
    @DisplayName("of weights that can be checked by hand")
    class ByHand {

        private final Network network = new NetworkBuilder("tiny", new Shape(1, 2, 2))
                .then("conv", Convolution.square(3, 1, 1, 0, Bias.WITH))
                .then("relu", Layer.Activation.RELU)
                .then("flatten", new Layer.Flatten())
                .then("fc", new Layer.Dense(2, Bias.WITH))
                .network();

        private final Weights weights = new Weights(List.of(
                new NamedTensor("conv.weight", new int[] {3, 1, 1, 1}, new float[] {-5, 1, 3}),
                new NamedTensor("conv.bias", new int[] {3}, new float[] {0.1f, 0.2f, 0.3f}),
                new NamedTensor("fc.weight", new int[] {2, 12}, new float[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12
                }),
                new NamedTensor("fc.bias", new int[] {2}, new float[] {7, 8})));

        @Test
        void keeps_the_filters_of_the_largest_absolute_weights_and_what_reads_them() {
            ChannelPruning pruned = ChannelPruning.of(network, weights, 0.67);

            assertThat(pruned.weights().values("conv.weight")).containsExactly(-5, 3);
            assertThat(pruned.weights().values("conv.bias")).containsExactly(0.1f, 0.3f);
            assertThat(pruned.weights().values("fc.weight"))
                    .containsExactly(1, 2, 3, 4, 9, 10, 11, 12, -1, -2, -3, -4, -9, -10, -11, -12);
            assertThat(pruned.weights().values("fc.bias")).containsExactly(7, 8);
        }

        @Test
        void keeps_one_channel_at_least() {
            assertThat(ChannelPruning.of(network, weights, 0.01).weights().values("conv.weight"))
                    .containsExactly(-5);
        }

        @Test
        void counts_the_scale_of_the_batch_norm_behind_a_filter() {
            Network normed = new NetworkBuilder("normed", new Shape(1, 2, 2))
                    .then("conv", Convolution.square(2, 1, 1, 0, Bias.WITHOUT))
                    .then("norm", new Layer.BatchNorm(1e-5, 0.1))
                    .then("pool", new Layer.GlobalAveragePooling())
                    .then("flatten", new Layer.Flatten())
                    .then("fc", new Layer.Dense(2, Bias.WITHOUT))
                    .network();
            Weights scaled = new Weights(List.of(
                    new NamedTensor("conv.weight", new int[] {2, 1, 1, 1}, new float[] {5, 1}),
                    new NamedTensor("norm.weight", new int[] {2}, new float[] {0.1f, 2}),
                    new NamedTensor("norm.bias", new int[] {2}, new float[] {3, 4}),
                    new NamedTensor("norm.running_mean", new int[] {2}, new float[] {5, 6}),
                    new NamedTensor("norm.running_var", new int[] {2}, new float[] {1, 1}),
                    new NamedTensor("fc.weight", new int[] {2, 2}, new float[] {1, 2, 3, 4})));

            Weights left = ChannelPruning.of(normed, scaled, 0.5).weights();

            assertThat(left.values("conv.weight")).containsExactly(1);
            assertThat(left.values("norm.running_mean")).containsExactly(6);
            assertThat(left.values("fc.weight")).containsExactly(2, 4);
        }
    }

    @Nested
    @DisplayName("of channels that depend on each other")
    class Together {

        private static ChannelPruning half(Network network) {
            return ChannelPruning.of(network, PatternWeights.of(network), 0.5);
        }

        @Test
        void takes_the_same_channels_from_all_layers_whose_results_are_added() {
            Network network = new NetworkBuilder("residual", new Shape(3, 8, 8))
                    .then("stem", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("inner", Convolution.square(6, 3, 1, 1, Bias.WITHOUT))
                    .then("outer", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("add", new Layer.Add(), List.of("outer", "stem"))
                    .then("pool", new Layer.GlobalAveragePooling())
                    .then("flatten", new Layer.Flatten())
                    .then("fc", new Layer.Dense(4, Bias.WITH))
                    .network();
            ChannelGroups groups = new ChannelGroups(network);

            assertThat(groups.of("stem")).isEqualTo(groups.of("outer"));
            ChannelPruning pruned = half(network);
            assertThat(width(pruned, "stem")).isEqualTo(4);
            assertThat(width(pruned, "inner")).isEqualTo(3);
            assertThat(width(pruned, "outer")).isEqualTo(4);
        }

        @Test
        void takes_a_depthwise_filter_with_the_channel_that_it_reads() {
            Network network = new NetworkBuilder("depthwise", new Shape(3, 8, 8))
                    .then("stem", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("twice", depthwise(8, 16))
                    .then("pool", new Layer.GlobalAveragePooling())
                    .then("flatten", new Layer.Flatten())
                    .then("fc", new Layer.Dense(4, Bias.WITH))
                    .network();

            ChannelPruning pruned = half(network);

            assertThat(width(pruned, "stem")).isEqualTo(4);
            assertThat(width(pruned, "twice")).isEqualTo(8);
            assertThat(((Convolution) pruned.network().nodes().get(1).layer()).groups())
                    .isEqualTo(4);
        }

        @Test
        void leaves_other_grouped_convolutions_and_local_response_norms_as_they_are_and_says_why() {
            Network network = new NetworkBuilder("grouped", new Shape(3, 8, 8))
                    .then("first", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("second", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("norm", new Layer.LocalResponseNorm(3, 1, 0.75, 1))
                    .then("third", Convolution.square(8, 3, 1, 1, Bias.WITHOUT))
                    .then("split", new Convolution(8, 3, 3, 1, Padding.all(1), 1, 2, Bias.WITHOUT))
                    .then("pool", new Layer.GlobalAveragePooling())
                    .then("flatten", new Layer.Flatten())
                    .then("fc", new Layer.Dense(4, Bias.WITH))
                    .network();

            ChannelPruning pruned = half(network);

            assertThat(width(pruned, "first")).isEqualTo(4);
            assertThat(width(pruned, "second")).isEqualTo(8);
            assertThat(pruned.stays().keySet()).containsExactly("second", "third", "split");
            assertThat(pruned.stays().get("second")).contains("local response norm \"norm\"");
            assertThat(pruned.stays().get("split")).contains("2 groups");
        }

        @Test
        void leaves_as_many_channels_of_zeros_before_a_shortcut_as_after_it() {
            Network network = Catalogue.network("resnet20", new Shape(3, 32, 32), CLASSES);

            for (double keep : new double[] {0.9, 0.7, 0.5, 0.3, 0.1}) {
                ChannelPruning pruned = ChannelPruning.of(network, PatternWeights.of(network), keep);
                assertThat(Inference.of(pruned.network()).output()).isEqualTo(new Shape(CLASSES));
            }
        }
    }

    static List<String> smallNetworks() {
        return SmallCatalogue.namesBelow(MANY_PARAMETERS);
    }

    @ParameterizedTest
    @MethodSource("smallNetworks")
    void changes_no_answer_of_a_catalogue_network_whose_channels_are_zero_that_go(String name) throws Exception {
        Network network = SmallCatalogue.network(name).forPrediction();
        ChannelGroups groups = new ChannelGroups(network);
        if (groups.kinds().isEmpty()) { // a linear classifier has nothing between picture and answer
            assertThatThrownBy(() -> ChannelPruning.of(network, PatternWeights.of(network), 0.5))
                    .isInstanceOf(Problem.class);
            return;
        }
        Weights weights = zeroed(network, PatternWeights.of(network), groups, everySecond(groups));

        ChannelPruning pruned = ChannelPruning.of(network, weights, 0.5);

        float[] before = answers(network, weights);
        float[] after = answers(pruned.network(), pruned.weights());
        float largest = 0;
        for (float value : before) largest = Math.max(largest, Math.abs(value));
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < after.length; i++)
            assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo(1e-5f * largest);
        assertThat(Inference.of(pruned.network()).macs())
                .isLessThan(Inference.of(network).macs());
    }

    /** Of n groups of a kind, n − round(n / 2), from all over it. */
    private static Set<Integer> everySecond(ChannelGroups groups) {
        Set<Integer> chosen = new HashSet<>();
        for (List<Integer> kind : groups.kinds()) {
            int count = kind.size() - Math.max(1, (int) Math.round(0.5 * kind.size()));
            for (int i = 0; i < count; i++) chosen.add(kind.get(2 * i));
        }
        return chosen;
    }

    private static Weights zeroed(Network network, Weights weights, ChannelGroups groups, Set<Integer> zeros) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (NamedTensor tensor : weights.tensors()) {
            String layer = tensor.name().substring(0, tensor.name().lastIndexOf('.'));
            float[] values = tensor.values().clone();
            int[] channels = groups.of(layer);
            int each = values.length / channels.length;
            for (int c = 0; c < channels.length; c++) {
                if (zeros.contains(channels[c]) && !tensor.name().endsWith("running_var"))
                    Arrays.fill(values, c * each, (c + 1) * each, 0);
            }
            tensors.add(new NamedTensor(tensor.name(), tensor.shape(), values));
        }
        return new Weights(tensors);
    }

    private static float[] answers(Network network, Weights weights) throws Exception {
        Shape output = Inference.of(network).output();
        Task task;
        if (output.rank() == 1) task = Classification.numbered(output.size(0));
        else if (network.input().equals(output)) task = new Reconstruction();
        else
            task = new Segmentation(IntStream.range(0, output.size(0))
                    .mapToObj(Integer::toString)
                    .toList());
        int[] sizes = network.input().sizes();
        float[] picture =
                PatternWeights.pattern("picture", (int) network.input().count());
        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, task, Map.of()))) {
            return session.output(task.result(), picture, 1, sizes[0], sizes[1], sizes[2]);
        }
    }

    @Test
    void finds_channels_that_may_go_in_every_network_of_the_catalogue_but_a_linear_one() {
        List<String> without = new ArrayList<>();
        for (CatalogueEntry entry : Catalogue.entries()) {
            ChannelGroups groups =
                    new ChannelGroups(SmallCatalogue.network(entry.name()).forPrediction());
            if (groups.kinds().isEmpty()) without.add(entry.name());
        }

        assertThat(without).containsExactly("perceptron");
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @Test
        void a_share_that_is_none() {
            Network network = Catalogue.network("lenet", new Shape(1, 28, 28), CLASSES);
            for (double keep : new double[] {0, 1, -0.5, 1.5, Double.NaN})
                assertThatThrownBy(() -> ChannelPruning.of(network, PatternWeights.of(network), keep))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("keep");
        }

        @Test
        void a_network_that_decides_by_nearest_neighbours() {
            Network network = new NetworkBuilder("knn", new Shape(1, 4, 4))
                    .then("conv", Convolution.square(4, 3, 1, 1, Bias.WITH))
                    .then("flatten", new Layer.Flatten())
                    .then("nearest", new Layer.NearestNeighbours(1, 5, 2))
                    .network();

            assertThatThrownBy(() -> ChannelPruning.of(network, PatternWeights.of(network), 0.5))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                            .contains("nearest neighbours")
                            .contains("--engine-size"));
        }

        @Test
        void weights_of_another_network() {
            Network network = Catalogue.network("lenet", new Shape(1, 28, 28), CLASSES);
            Network other = Catalogue.network("lenet", new Shape(1, 28, 28), 3);

            assertThatThrownBy(() -> ChannelPruning.of(network, PatternWeights.of(other), 0.5))
                    .isInstanceOf(Problem.class);
        }

        @Test
        void a_network_without_hidden_channels() {
            Network network = new NetworkBuilder("linear", new Shape(1, 4, 4))
                    .then("flatten", new Layer.Flatten())
                    .then("fc", new Layer.Dense(2, Bias.WITH))
                    .network();

            assertThatThrownBy(() -> ChannelPruning.of(network, PatternWeights.of(network), 0.5))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.threeLines())
                            .contains("between picture and answer"));
        }
    }
}
