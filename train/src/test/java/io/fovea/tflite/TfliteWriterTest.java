package io.fovea.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Layer.Bias;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.PatternWeights;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.quantize.ActivationScale;
import io.fovea.quantize.WholeNumbers;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The TensorFlow Lite writer")
class TfliteWriterTest {

    private static final Shape PIXEL = new Shape(1, 1, 1);
    private static final Task TWO = Classification.numbered(2);

    /** A dense layer of weights 1 and 2 and biases 0 and ln 3 − 1 gives 1 and ln 3 + 1 for a pixel of 1. */
    private static final Network DENSE = new NetworkBuilder("dense", PIXEL)
            .then(new Layer.Flatten())
            .then("last", new Layer.Dense(2, Bias.WITH))
            .network();

    private static final float LN3 = (float) Math.log(3);

    private static final Weights DENSE_WEIGHTS = new Weights(List.of(
            new NamedTensor("last.weight", new int[] {2, 1}, new float[] {1, 2}),
            new NamedTensor("last.bias", new int[] {2}, new float[] {0, LN3 - 1})));

    /** The same after a dense layer that changes nothing. */
    private static final Network TWICE = new NetworkBuilder("twice", PIXEL)
            .then(new Layer.Flatten())
            .then("first", new Layer.Dense(1, Bias.WITH))
            .then("last", new Layer.Dense(2, Bias.WITH))
            .network();

    private static final Weights TWICE_WEIGHTS = new Weights(List.of(
            new NamedTensor("first.weight", new int[] {1, 1}, new float[] {1}),
            new NamedTensor("first.bias", new int[] {1}, new float[] {0}),
            DENSE_WEIGHTS.tensor("last.weight").orElseThrow(),
            DENSE_WEIGHTS.tensor("last.bias").orElseThrow()));

    @Test
    void gives_logits_and_probabilities_of_one_picture() throws IOException {
        byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, TWO, Map.of());

        try (TfliteSession session = new TfliteSession()) {
            TfliteSession.Outputs outputs =
                    session.run(file, new float[] {1}, TfliteSession.Kernels.DEFAULT, 1, 1, 1, 1);

            assertThat(outputs.outputs().keySet()).containsExactly("logits", "probabilities");
            assertThat(outputs.outputs().get("logits").axes()).containsExactly(1, 2);
            assertThat(outputs.values("logits")).containsExactly(new float[] {1, LN3 + 1}, within(1e-6f));
            assertThat(outputs.values("probabilities")).containsExactly(new float[] {0.25f, 0.75f}, within(1e-6f));
        }
    }

    @Test
    void gives_a_regression_values_and_no_probabilities() throws IOException {
        Task task =
                new Regression(List.of(new Target("height", Axis.NONE, 0, 1), new Target("width", Axis.NONE, 0, 1)));
        byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, task, Map.of());

        try (TfliteSession session = new TfliteSession()) {
            TfliteSession.Outputs outputs = session.run(file, new float[] {3}, TfliteSession.Kernels.OWN, 1, 1, 1, 1);

            assertThat(outputs.outputs().keySet()).containsExactly("values");
            assertThat(outputs.values("values")).containsExactly(new float[] {3, LN3 + 5}, within(1e-6f));
        }
    }

    @Test
    void takes_a_network_that_gives_the_picture_back() throws IOException {
        Network network = new NetworkBuilder("same", new Shape(1, 1, 2))
                .then(new Layer.Flatten())
                .then(new Layer.Dropout(0.5))
                .network();
        byte[] file = TfliteWriter.write(network, new Weights(List.of()), TWO, Map.of());

        try (TfliteSession session = new TfliteSession()) {
            assertThat(session.run(file, new float[] {3, 4}, TfliteSession.Kernels.DEFAULT, 1, 1, 2, 1)
                            .values("logits"))
                    .containsExactly(3, 4);
        }
    }

    @Test
    void begins_with_the_letters_of_the_format() {
        byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, TWO, Map.of());

        assertThat(new String(file, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("TFL3");
    }

    @Test
    void gives_the_same_bytes_for_the_same_network() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);
        Weights weights = PatternWeights.of(network);
        Task task = Classification.numbered(10);

        assertThat(TfliteWriter.write(network, weights, task, Map.of("a", "b")))
                .isEqualTo(TfliteWriter.write(network, weights, task, Map.of("a", "b")));
    }

    @Test
    void holds_metadata_as_texts() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("classNames", "cat\ndog");
        metadata.put("author", "Zoë");

        byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, TWO, metadata);

        assertThat(new String(file, StandardCharsets.UTF_8)).contains("classNames", "cat\ndog", "author", "Zoë");
    }

    @Nested
    @DisplayName("in whole numbers")
    class WholeNumbersOfDense {

        /** Steps of 1/64 from −1 for the picture, of 1/32 from −1 for the answer. */
        private final Map<String, ActivationScale> scales =
                Map.of("input", new ActivationScale(1f / 64, 64), "last", new ActivationScale(1f / 32, 32));

        private final QuantizedTensor weights = new QuantizedTensor(
                "last.weight", new int[] {2, 1}, 8, 0, new byte[] {64, 127}, new float[] {1f / 64, 2f / 127});

        private final QuantizedTensor one =
                new QuantizedTensor("first.weight", new int[] {1, 1}, 8, 0, new byte[] {64}, new float[] {1f / 64});

        @Test
        void rounds_to_the_steps_that_are_given() throws IOException {
            WholeNumbers numbers =
                    new WholeNumbers(scales, Map.of("last", weights), Map.of("last", new float[] {0, 1}), Set.of());

            byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, numbers, TWO, Map.of());

            try (TfliteSession session = new TfliteSession()) {
                // 0.505 is nearest to 32 steps of 1/64
                assertThat(session.run(file, new float[] {0.505f}, TfliteSession.Kernels.OWN, 1, 1, 1, 1)
                                .values("logits"))
                        .containsExactly(new float[] {0.5f, 2}, within(1e-6f));
            }
        }

        @Test
        void computes_layers_in_floats_that_are_named() throws IOException {
            WholeNumbers numbers = new WholeNumbers(scales, Map.of(), Map.of(), Set.of("last"));

            byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, numbers, TWO, Map.of());

            try (TfliteSession session = new TfliteSession()) {
                assertThat(session.run(file, new float[] {0.5f}, TfliteSession.Kernels.OWN, 1, 1, 1, 1)
                                .values("logits"))
                        .containsExactly(new float[] {0.5f, LN3}, within(1e-6f));
            }
        }

        @Test
        void names_the_layer_without_a_scale() {
            WholeNumbers numbers = new WholeNumbers(
                    Map.of("input", scales.get("input")), Map.of("first", one, "last", weights), Map.of(), Set.of());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TfliteWriter.write(TWICE, TWICE_WEIGHTS, numbers, TWO, Map.of()))
                    .withMessage("No scale is given for the results of \"first\"");
        }

        @Test
        void needs_no_scale_of_a_dense_layer_that_answers() throws IOException {
            WholeNumbers numbers =
                    new WholeNumbers(Map.of("input", scales.get("input")), Map.of("last", weights), Map.of(), Set.of());

            byte[] file = TfliteWriter.write(DENSE, DENSE_WEIGHTS, numbers, TWO, Map.of());

            try (TfliteSession session = new TfliteSession()) {
                for (TfliteSession.Kernels kernels : TfliteSession.Kernels.values())
                    assertThat(session.run(file, new float[] {0.5f}, kernels, 1, 1, 1, 1)
                                    .values("logits"))
                            .containsExactly(new float[] {0.5f, LN3}, within(1e-6f));
            }
        }

        @Test
        void names_the_layer_without_weights() {
            WholeNumbers numbers = new WholeNumbers(scales, Map.of(), Map.of(), Set.of());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TfliteWriter.write(DENSE, DENSE_WEIGHTS, numbers, TWO, Map.of()))
                    .withMessage("No whole numbers are given for the weights of \"last\"");
        }

        @Test
        void names_weights_of_another_shape() {
            QuantizedTensor wide =
                    new QuantizedTensor("last.weight", new int[] {2, 2}, 8, 0, new byte[4], new float[] {1, 1});
            WholeNumbers numbers = new WholeNumbers(scales, Map.of("last", wide), Map.of(), Set.of());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TfliteWriter.write(DENSE, DENSE_WEIGHTS, numbers, TWO, Map.of()))
                    .withMessage("The whole numbers of \"last.weight\" should have the shape [2, 1] but have [2, 2]");
        }

        @Test
        void refuses_weights_with_one_scale_for_all() {
            QuantizedTensor one = new QuantizedTensor(
                    "last.weight", new int[] {2, 1}, 8, QuantizedTensor.WHOLE, new byte[2], new float[] {1});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WholeNumbers(scales, Map.of("last", one), Map.of(), Set.of()))
                    .withMessageContaining("a scale for each output (axis 0)");
        }

        @Test
        void refuses_a_bias_that_has_no_place_in_32_bits() {
            WholeNumbers numbers = new WholeNumbers(
                    Map.of("input", scales.get("input"), "first", scales.get("last")),
                    Map.of("first", one, "last", weights),
                    Map.of("first", new float[] {1e7f}),
                    Set.of());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TfliteWriter.write(TWICE, TWICE_WEIGHTS, numbers, TWO, Map.of()))
                    .withMessageStartingWith("Value 0 of \"first.bias\", 1.0E7, does not fit into 32 bits");
        }

        @Test
        void refuses_scales_that_are_none() {
            assertThatIllegalArgumentException().isThrownBy(() -> new ActivationScale(0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new ActivationScale(Float.NaN, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new ActivationScale(1, 256));
            assertThatIllegalArgumentException().isThrownBy(() -> new ActivationScale(1, -1));
        }
    }

    @Nested
    @DisplayName("given what cannot be written")
    class Refusals {

        @Test
        void names_a_tensor_that_is_missing() {
            assertThatThrownBy(() -> TfliteWriter.write(DENSE, new Weights(List.of()), TWO, Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The weights hold no tensor \"last.weight\"."));
        }

        @Test
        void refuses_a_network_that_ends_otherwise_than_its_task() {
            assertThatThrownBy(() -> TfliteWriter.write(DENSE, DENSE_WEIGHTS, Classification.numbered(3), Map.of()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("last layer \"last\"");
        }

        @Test
        void names_a_search_of_neighbours_and_what_would_help() {
            Network network = new NetworkBuilder("hybrid", PIXEL)
                    .then(new Layer.Flatten())
                    .then("search", new Layer.NearestNeighbours(1, 2, 2))
                    .network();

            assertThatThrownBy(() -> TfliteWriter.write(network, PatternWeights.of(network), TWO, Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what())
                                .isEqualTo("A TensorFlow Lite file cannot hold layer \"search\", a search of nearest"
                                        + " neighbours.");
                        assertThat(problem.remedy())
                                .isEqualTo("export the model as ONNX, or train a network that ends with a dense layer");
                    });
        }

        @Test
        void refuses_more_than_two_gibibytes() {
            Network network = new NetworkBuilder("large", new Shape(1, 300, 1000))
                    .then(new Layer.Flatten())
                    .then("huge", new Layer.Dense(2000, Bias.WITHOUT))
                    .then(new Layer.Dense(2, Bias.WITH))
                    .network();

            assertThatThrownBy(() -> TfliteWriter.write(network, new Weights(List.of()), TWO, Map.of()))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .isEqualTo("The weights need 2400016008 bytes, but a TensorFlow Lite file holds at most"
                                    + " 2130706431."));
        }
    }
}
