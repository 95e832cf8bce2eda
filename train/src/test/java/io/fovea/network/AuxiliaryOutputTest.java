package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An auxiliary output")
class AuxiliaryOutputTest {

    private static final String LAYERS = """
        name: deep
        input: [1, 4, 4]
        layers:
          - relu: {name: stem}
          - global-max-pooling: {name: early}
          - flatten: {name: early-features}
          - dense: {name: early-logits, outputs: 3}
          - flatten: {name: features, inputs: stem}
          - dense: {name: logits, outputs: 3}
        """;

    @Test
    void is_left_out_of_prediction_with_every_layer_that_only_it_needs() {
        Network network = read("  - {layer: early-logits, weight: 0.3}");

        Network prediction = network.forPrediction();

        assertThat(prediction.auxiliaries()).isEmpty();
        assertThat(prediction.nodes()).extracting(Node::name).containsExactly("stem", "features", "logits");
        assertThat(Inference.of(network).parameters()).isEqualTo((1 + 1) * 3 + (16 + 1) * 3);
        assertThat(Inference.of(prediction).parameters()).isEqualTo((16 + 1) * 3);
    }

    @Test
    void counts_as_read() {
        assertThat(read("  - {layer: early-logits, weight: 0.3}").auxiliaries())
                .containsExactly(new AuxiliaryOutput("early-logits", 0.3));
    }

    @Test
    void comes_back_from_a_file() {
        Network network = read("  - {layer: early-logits, weight: 0.3}");

        assertThat(NetworkYaml.read(NetworkYaml.write(network), "text")).isEqualTo(network);
    }

    @Test
    void leaves_a_network_without_any_as_it_is() {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 10);

        assertThat(network.forPrediction()).isSameAs(network);
    }

    @Nested
    @DisplayName("that does not fit")
    class Misfits {

        @Test
        void names_the_nearest_layer_for_an_unknown_one() {
            assertProblem(
                    "  - {layer: early-logit, weight: 0.3}",
                    "The auxiliary output \"early-logit\" is no layer.",
                    "network \"deep\", auxiliary outputs");
        }

        @Test
        void has_the_shape_of_the_output() {
            assertProblem(
                    "  - {layer: early-features, weight: 0.3}",
                    "The auxiliary output \"early-features\" should have the shape [N, 3] of the network's output but"
                            + " has [N, 1].",
                    "network \"deep\", layer 3 of 6, after \"early\"; pictures are [1, 4, 4]; deep.yaml, line 6");
        }

        @Test
        void is_named_once() {
            assertProblem(
                    "  - {layer: early-logits, weight: 0.3}\n  - {layer: early-logits, weight: 1}",
                    "Layer \"early-logits\" is named twice as an auxiliary output.",
                    "network \"deep\", layer 4 of 6, after \"early-features\"; pictures are [1, 4, 4]; deep.yaml, line"
                            + " 7");
        }

        @Test
        void is_not_the_output_itself() {
            assertProblem(
                    "  - {layer: logits, weight: 0.3}",
                    "The auxiliary output \"logits\" is the network's output.",
                    "network \"deep\", layer 6 of 6, after \"features\"; pictures are [1, 4, 4]; deep.yaml, line 9");
        }

        @Test
        void has_a_weight_above_zero() {
            assertProblem(
                    "  - {layer: early-logits, weight: 0}",
                    "The weight of an auxiliary output must be above 0: 0.0.",
                    "deep.yaml, line 11");
        }

        @Test
        void is_written_with_layer_and_weight() {
            assertProblem(
                    "  - early-logits",
                    "An auxiliary output expects layer and weight but gets early-logits.",
                    "deep.yaml, line 11");
        }

        private void assertProblem(String auxiliaries, String what, String where) {
            assertThatThrownBy(() -> read(auxiliaries)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).isEqualTo(what);
                assertThat(problem.where()).isEqualTo(where);
            });
        }
    }

    private static Network read(String auxiliaries) {
        return NetworkYaml.read(LAYERS + "auxiliaries:\n" + auxiliaries + "\n", "deep.yaml");
    }
}
