package io.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Shape;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import io.fovea.task.Reconstruction;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The outputs of a network")
class NetworkOutputsTest {

    private static List<ModelOutput> of(Network network, Task task) {
        Network prediction = network.forPrediction();
        return NetworkOutputs.of(prediction, Inference.of(prediction), task).all();
    }

    private static String last(Network network) {
        ModelOutput output = of(network, Classification.numbered(2)).getLast();
        return output.name() + " " + output.shape();
    }

    @Test
    void begin_with_the_answer_and_end_with_what_the_head_reads() {
        Network lenet = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        assertThat(of(lenet, Classification.numbered(2)))
                .containsExactly(
                        ModelOutput.floats("logits", 10, "one for each class, before softmax"),
                        ModelOutput.floats("probabilities", 10, "one for each class, after softmax"),
                        ModelOutput.floats("features", 500, "what the last layer with weights reads"));
        assertThat(of(lenet, new Reconstruction()))
                .extracting(ModelOutput::name)
                .containsExactly("pixels", "features");
    }

    @Test
    void are_features_of_every_network_with_published_weights() {
        assertThat(last(Catalogue.network("resnet18", new Shape(3, 224, 224), 1000)))
                .isEqualTo("features [512]");
        assertThat(last(Catalogue.network("mobilenet_v2", new Shape(3, 224, 224), 1000)))
                .isEqualTo("features [1280]");
        assertThat(last(Catalogue.network("alexnet", new Shape(3, 224, 224), 1000)))
                .isEqualTo("features [4096]");
        assertThat(last(Catalogue.network("googlenet", new Shape(3, 224, 224), 1000)))
                .isEqualTo("features [1024]");
    }

    @Test
    void are_means_of_maps_where_the_head_is_a_convolution() {
        assertThat(last(Catalogue.network("squeezenet1_1", new Shape(3, 224, 224), 1000)))
                .isEqualTo("features [512]");
    }

    @Test
    void hold_the_mean_of_each_map_that_a_convolution_reads() throws Exception {
        Network network = new NetworkBuilder("maps", new Shape(1, 1, 2))
                .then("double", Layer.Convolution.square(2, 1, 1, 0, Bias.WITHOUT))
                .then("classes", Layer.Convolution.square(3, 1, 1, 0, Bias.WITHOUT))
                .then("pool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .network();
        Weights weights = new Weights(List.of(
                new NamedTensor("double.weight", new int[] {2, 1, 1, 1}, new float[] {2, 10}),
                new NamedTensor("classes.weight", new int[] {3, 2, 1, 1}, new float[] {1, 0, 0, 1, 1, 1})));

        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, Map.of()))) {
            // the maps 2, 6 and 10, 30
            assertThat(session.output("features", new float[] {1, 3}, 1, 1, 1, 2))
                    .containsExactly(4, 20);
            assertThat(session.output("logits", new float[] {1, 3}, 1, 1, 1, 2)).containsExactly(4, 20, 24);
        }
    }

    @Test
    void hold_what_a_dense_head_reads_past_a_dropout() throws Exception {
        Network network = new NetworkBuilder("dense", new Shape(1, 1, 2))
                .then("flatten", new Layer.Flatten())
                .then("hidden", new Layer.Dense(2, Bias.WITHOUT))
                .then("relu", Layer.Activation.RELU)
                .then("dropout", new Layer.Dropout(0.5))
                .then("classes", new Layer.Dense(2, Bias.WITHOUT))
                .network();
        Weights weights = new Weights(List.of(
                new NamedTensor("hidden.weight", new int[] {2, 2}, new float[] {1, 1, -1, 0}),
                new NamedTensor("classes.weight", new int[] {2, 2}, new float[] {1, 0, 0, 1})));

        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, Map.of()))) {
            assertThat(session.output("features", new float[] {1, 3}, 1, 1, 1, 2))
                    .containsExactly(new float[] {4, 0}, within(0f));
        }
    }

    @Test
    void are_codes_where_neighbours_are_searched() {
        Network network = new NetworkBuilder("search", new Shape(1, 1, 2))
                .then("flatten", new Layer.Flatten())
                .then("projection", new Layer.Dense(5, Bias.WITH))
                .then("neighbours", new Layer.NearestNeighbours(3, 9, 2))
                .network();

        assertThat(of(network, Classification.numbered(2)))
                .extracting(output -> output.name() + " " + output.type() + " " + output.shape())
                .containsExactly(
                        "logits FLOAT32 [2]",
                        "probabilities FLOAT32 [2]",
                        "codes FLOAT32 [5]",
                        "neighbours INT64 [3]",
                        "neighbour_labels INT64 [3]",
                        "distances FLOAT32 [3]");
    }

    @Test
    void are_the_answer_alone_where_the_head_reads_the_picture_itself() {
        Network network = new NetworkBuilder("one", new Shape(1, 1, 2))
                .then("classes", Layer.Convolution.square(3, 1, 1, 0, Bias.WITH))
                .then("pool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .network();

        assertThat(last(network)).isEqualTo("probabilities [3]");
    }
}
