package io.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.network.ActivationFunction;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Node;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.network.SmallCatalogue;
import io.fovea.problem.Problem;
import io.fovea.task.Regression;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The ONNX writer")
class OnnxWriterTest {

    private static final Shape PIXEL = new Shape(1, 1, 1);

    /** Large networks are left to CatalogueForwardTest, which writes them with narrow dense layers. */
    static List<Network> networks() {
        return SmallCatalogue.names().stream()
                .filter(name -> !Catalogue.entry(name).givesMaps())
                .map(SmallCatalogue::network)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void writes_the_networks_of_the_catalogue_so_that_onnx_runtime_takes_any_number_of_pictures(Network network)
            throws Exception {
        int[] sizes = network.input().sizes();
        float[] pictures = random(3 * (int) network.input().count(), 1);

        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, PatternWeights.of(network), Map.of()))) {
            float[] logits = session.output("logits", pictures, 3, sizes[0], sizes[1], sizes[2]);
            float[] probabilities = session.output("probabilities", pictures, 3, sizes[0], sizes[1], sizes[2]);

            assertThat(logits).hasSize(30);
            assertThat(probabilities).hasSize(30);
            double sum = 0;
            for (int k = 0; k < 10; k++) sum += probabilities[k];
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void names_input_outputs_nodes_and_initializers_as_the_network_does() throws Exception {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(OnnxWriter.write(network, weights(network), Map.of()))
                .getGraph();

        assertThat(graph.getName()).isEqualTo("lenet");
        assertThat(graph.getInput(0).getName()).isEqualTo("input");
        assertThat(graph.getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("N");
        assertThat(graph.getOutputList())
                .extracting(OnnxMl.ValueInfoProto::getName)
                .containsExactly("logits", "probabilities", "features");
        assertThat(graph.getNodeList())
                .extracting(node -> node.getName() + ":" + node.getOpType())
                .containsExactly(
                        "conv1:Conv",
                        "pool1:MaxPool",
                        "conv2:Conv",
                        "pool2:MaxPool",
                        "flatten1:Flatten",
                        "dense1:Gemm",
                        "relu1:Relu",
                        "dense2:Gemm",
                        "softmax:Softmax");
        assertThat(graph.getInitializerList())
                .extracting(OnnxMl.TensorProto::getName)
                .containsExactly(
                        "conv1.weight",
                        "conv1.bias",
                        "conv2.weight",
                        "conv2.bias",
                        "dense1.weight",
                        "dense1.bias",
                        "dense2.weight",
                        "dense2.bias");
    }

    @Test
    void leaves_dropout_out() throws Exception {
        Network network = Catalogue.network("mnist-cnn", new Shape(1, 28, 28), 10);

        OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(OnnxWriter.write(network, weights(network), Map.of()))
                .getGraph();

        assertThat(graph.getNodeList()).extracting(OnnxMl.NodeProto::getOpType).doesNotContain("Dropout");
    }

    @Test
    void keeps_metadata_in_its_order() throws Exception {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("class-names", "cat,dog");
        metadata.put("author", "Zoë");
        Network network = Catalogue.network("perceptron", new Shape(1, 2, 2), 2);

        byte[] model = OnnxWriter.write(network, weights(network), metadata);

        assertThat(OnnxMl.ModelProto.parseFrom(model).getMetadataPropsList())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .containsExactly("class-names=cat,dog", "author=Zoë");
        try (OnnxSession session = new OnnxSession(model)) {
            assertThat(session.metadata()).isEqualTo(metadata);
        }
    }

    @Test
    void gives_the_same_bytes_for_the_same_network() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        assertThat(OnnxWriter.write(network, weights(network), Map.of("a", "b")))
                .isEqualTo(OnnxWriter.write(network, weights(network), Map.of("a", "b")));
    }

    @Nested
    @DisplayName("finding the logits")
    class Logits {

        @Test
        void takes_the_input_of_a_final_softmax_for_the_logits() throws Exception {
            Network network = new NetworkBuilder("softmax", PIXEL)
                    .then(new Layer.Flatten())
                    .then(new Layer.Dense(2, Bias.WITH))
                    .then(new Layer.Softmax())
                    .network();

            assertLogitsAndProbabilities(network);
        }

        @Test
        void looks_through_a_dropout_before_the_softmax() throws Exception {
            Network network = new NetworkBuilder("dropout", PIXEL)
                    .then(new Layer.Flatten())
                    .then(new Layer.Dense(2, Bias.WITH))
                    .then(new Layer.Dropout(0.5))
                    .then(new Layer.Softmax())
                    .network();

            assertLogitsAndProbabilities(network);
        }

        @Test
        void is_not_confused_by_layers_named_like_inputs_and_outputs_of_the_file() throws Exception {
            Network network = new NetworkBuilder("names", PIXEL)
                    .then("logits", new Layer.Scale(1))
                    .then("probabilities", new Layer.Flatten())
                    .then("dense1", new Layer.Dense(2, Bias.WITH))
                    .then("dense1.weight", new Layer.Scale(1))
                    .network();

            assertLogitsAndProbabilities(network);
        }

        /** A dense layer of weights 1 and 2 and biases 0 and ln 3 − 1 gives 1 and ln 3 + 1 for a pixel of 1. */
        private void assertLogitsAndProbabilities(Network network) throws Exception {
            float ln3 = (float) Math.log(3);
            Weights weights = new Weights(List.of(
                    new NamedTensor("dense1.weight", new int[] {2, 1}, new float[] {1, 2}),
                    new NamedTensor("dense1.bias", new int[] {2}, new float[] {0, ln3 - 1})));
            try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, Map.of()))) {
                assertThat(session.outputs()).containsExactly("logits", "probabilities", "features");
                assertThat(session.output("logits", new float[] {1}, 1, 1, 1, 1))
                        .containsExactly(new float[] {1, ln3 + 1}, within(1e-6f));
                assertThat(session.output("probabilities", new float[] {1}, 1, 1, 1, 1))
                        .containsExactly(new float[] {0.25f, 0.75f}, within(1e-6f));
            }
        }
    }

    @Nested
    @DisplayName("given what does not fit")
    class Misfits {

        @Test
        void names_a_tensor_that_is_missing() {
            Network network = Catalogue.network("perceptron", new Shape(1, 2, 2), 2);

            assertThatThrownBy(() -> OnnxWriter.write(network, new Weights(List.of()), Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The weights hold no tensor \"dense1.weight\"."));
        }

        @Test
        void names_a_tensor_of_another_shape_expected_first() {
            Network network = Catalogue.network("perceptron", new Shape(1, 2, 2), 2);
            Weights weights = new Weights(List.of(
                    new NamedTensor("dense1.weight", new int[] {4, 2}, new float[8]),
                    new NamedTensor("dense1.bias", new int[] {2}, new float[2])));

            assertThatThrownBy(() -> OnnxWriter.write(network, weights, Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("Tensor \"dense1.weight\" should have the shape [2, 4] but has [4, 2]."));
        }

        @Test
        void refuses_a_network_that_ends_with_maps() {
            Network network = new NetworkBuilder("maps", PIXEL)
                    .then(new Layer.Activation(ActivationFunction.RELU))
                    .network();

            assertThatThrownBy(() -> OnnxWriter.write(network, new Weights(List.of()), Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("A classifier ends with features [N, K], but this network ends with maps"
                                    + " [N, 1, 1, 1]."));
        }
    }

    private static Weights weights(Network network) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            tensors.add(new NamedTensor(parameter.name(), parameter.shape(), random((int) parameter.count(), 7)));
        }
        return new Weights(tensors);
    }

    private static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian() * 0.1f;
        return values;
    }

    @Nested
    @DisplayName("of a regression")
    class OfARegression {

        private final Network dense = new Network(
                "dense",
                new Shape(1, 1, 2),
                List.of(
                        new Node("row", new Layer.Flatten(), List.of(Network.INPUT)),
                        new Node("last", new Layer.Dense(1, Layer.Bias.WITHOUT), List.of("row"))));
        private final Weights weights =
                new Weights(List.of(new NamedTensor("last.weight", new int[] {1, 2}, new float[] {2, 3})));

        @Test
        void has_values_and_no_probabilities() throws Exception {
            byte[] model = OnnxWriter.write(
                    dense, weights, new Regression(List.of(new Target("weight", Axis.NONE, 0, 1))), Map.of());
            try (OnnxSession session = new OnnxSession(model)) {
                assertThat(session.outputs()).containsExactly("values", "features");
                assertThat(session.output("values", new float[] {1, 10}, 1, 1, 1, 2))
                        .containsExactly(32);
            }
        }

        @Test
        void does_not_end_with_a_softmax() {
            Network softmax = new Network(
                    "softmax",
                    dense.input(),
                    List.of(
                            dense.nodes().get(0),
                            dense.nodes().get(1),
                            new Node("softmax", new Layer.Softmax(), List.of("last"))));
            assertThatThrownBy(() -> OnnxWriter.write(
                            softmax, weights, new Regression(List.of(new Target("weight", Axis.NONE, 0, 1))), Map.of()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("ends with a softmax");
        }
    }
}
