package io.fovea.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.transfer.FeatureMatrix.Standardisation;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Minima are SciPy's: src/test/python/transfer/heads.py. */
@DisplayName("Training a head on features")
class HeadTrainingTest {

    private static final int PICTURES = 12;
    private static final Standardisation AS_THEY_ARE =
            new Standardisation(new float[] {0, 0, 0}, new float[] {1, 1, 1});

    @Nested
    @DisplayName("to its minimum")
    class Minimum {

        @Test
        void finds_the_logistic_regression_that_scipy_finds() {
            int[] labels = IntStream.range(0, PICTURES).map(n -> n % 3).toArray();
            double[] point = new double[12];

            double loss = LimitedMemoryBfgs.minimise(new LinearObjective(sines(), loss(labels), 0.1), point, 500, 1e-9);

            assertThat(loss).isCloseTo(0.78894441, within(1e-6));
            assertThat(point)
                    .containsExactly(
                            new double[] {
                                0.083082, 1.276702, -0.124640, 0.004793, -0.470691, 0.176389, -0.087875, -0.806012,
                                -0.051748, -0.139041, 0.125071, 0.013971
                            },
                            within(1e-3));
        }

        @Test
        void finds_the_linear_regression_that_scipy_finds() {
            float[] values = new float[2 * PICTURES];
            for (int n = 0; n < PICTURES; n++) {
                values[2 * n] = (float) Math.cos(n + 1);
                values[2 * n + 1] = (float) (0.5 * Math.sin(2 * n));
            }
            double[] point = new double[8];
            HeadLoss squares = new HeadLoss(new Loss.MeanSquaredError(), new Targets.Values(values), PICTURES, 2);

            double loss = LimitedMemoryBfgs.minimise(new LinearObjective(sines(), squares, 0.2), point, 500, 1e-9);

            assertThat(loss).isCloseTo(0.28520012, within(2e-7));
            assertThat(point)
                    .containsExactly(
                            new double[] {
                                -0.015871, -0.034182, -0.057056, 0.008730, -0.130720, 0.038939, -0.050527, 0.025221
                            },
                            within(1e-4));
        }

        @Test
        void knows_the_slope_of_a_hidden_layer() {
            int[] labels = IntStream.range(0, PICTURES).map(n -> n % 3).toArray();
            HiddenObjective objective = new HiddenObjective(sines(), loss(labels), 5, 0.01);
            double[] point = HiddenObjective.start(3, 5, 3, new SplittableRandom(1));
            double[] gradient = new double[point.length];
            objective.at(point, gradient);

            double[] ignored = new double[point.length];
            for (int i = 0; i < point.length; i++) {
                double step = 1e-2;
                double[] up = point.clone();
                double[] down = point.clone();
                up[i] += step;
                down[i] -= step;
                double slope = (objective.at(up, ignored) - objective.at(down, ignored)) / (2 * step);
                assertThat(gradient[i]).as("slope " + i).isCloseTo(slope, within(2e-3));
            }
        }

        private static FeatureMatrix sines() {
            return FeatureMatrix.of(features(), AS_THEY_ARE);
        }
    }

    @Nested
    @DisplayName("as layers of a network")
    class Layers {

        @Test
        void gives_the_outputs_of_the_dense_layer_that_it_becomes() {
            TrainedHead head = HeadTraining.train(new Head.Linear(), examples(), HeadGoal.USUAL, 1);
            Weights weights = head.weights(backbone());

            float[] weight = weights.values("fc.weight");
            float[] bias = weights.values("fc.bias");
            float[] outputs = head.outputs(features());
            for (int n = 0; n < PICTURES; n++) {
                for (int k = 0; k < 3; k++) {
                    double expected = bias[k];
                    for (int d = 0; d < 3; d++)
                        expected += weight[k * 3 + d] * features().values()[n * 3 + d];
                    assertThat(outputs[n * 3 + k]).isCloseTo((float) expected, within(1e-5f));
                }
            }
            assertThat(head.network(backbone()).nodes().getLast().name()).isEqualTo("fc");
        }

        @Test
        void gives_a_hidden_layer_names_of_its_own() {
            TrainedHead head = HeadTraining.train(new Head.Mlp(4), examples(), HeadGoal.USUAL, 1);

            assertThat(head.network(backbone()).nodes()).extracting(Node::name).endsWith("fc.0", "fc.1", "fc.2");
            assertThat(head.weights(backbone()).values("fc.0.weight")).hasSize(12);
        }
    }

    @Nested
    @DisplayName("again after a label has changed")
    class Again {

        @Test
        void comes_to_where_training_anew_comes() {
            TrainedHead before = HeadTraining.train(new Head.Linear(), examples(), HeadGoal.USUAL, 1);
            int[] changed = IntStream.range(0, PICTURES).map(n -> n % 3).toArray();
            changed[0] = 2;
            HeadExamples examples = new HeadExamples(features(), new Targets.Labels(changed), 3);

            float[] again = HeadTraining.retrain(new Head.Linear(), examples, HeadGoal.USUAL, before)
                    .outputs(features());

            double[] anew = new double[12];
            LimitedMemoryBfgs.minimise(
                    new LinearObjective(
                            FeatureMatrix.of(features(), before.standardisation()), loss(changed), before.decay()),
                    anew,
                    500,
                    1e-9);
            float[][] expected =
                    new Head.Linear().outputs(FeatureMatrix.of(features(), before.standardisation()), anew, 3);
            for (int n = 0; n < PICTURES; n++) {
                for (int k = 0; k < 3; k++) assertThat(again[n * 3 + k]).isCloseTo(expected[k][n], within(0.01f));
            }
        }
    }

    @Nested
    @DisplayName("of nearest neighbours")
    class Neighbours {

        @Test
        void lets_the_nearest_pictures_vote() {
            Features references = new Features(3, 1, new float[] {0, 1, 5});
            HeadExamples training = new HeadExamples(references, new Targets.Labels(new int[] {1, 1, 0}), 2);
            NeighbourHead head = new NeighbourHead(2, training);

            float[] outputs = head.outputs(new Features(1, 1, new float[] {0.4f}));

            assertThat(outputs[1]).isGreaterThan(outputs[0]);
        }
    }

    @Nested
    @DisplayName("with augmented copies")
    class Copies {

        private final HeadExamples examples = new HeadExamples(
                List.of(new Features(2, 1, new float[] {1, 2}), new Features(2, 1, new float[] {10, 20})),
                new Targets.Values(new float[] {0.1f, 0.2f, 0.3f, 0.4f}),
                2);

        @Test
        void gives_each_copy_the_targets_of_its_picture() {
            assertThat(examples.targetsOf(new int[] {3, 0}))
                    .isInstanceOfSatisfying(Targets.Values.class, targets -> assertThat(targets.values())
                            .containsExactly(0.3f, 0.4f, 0.1f, 0.2f));
        }

        @Test
        void finds_a_picture_in_every_copy() {
            assertThat(examples.rowsOf(new int[] {1})).containsExactly(1, 3);
        }
    }

    @Test
    void refuses_targets_that_are_not_of_whole_pictures() {
        Features features = new Features(1, 1, new float[1]);

        assertThatThrownBy(() -> new HeadExamples(features, new Targets.Masks(new byte[1], 1), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected labels or numbers, found masks");
    }

    @Test
    void refuses_a_label_that_no_output_has() {
        Features features = new Features(2, 1, new float[2]);

        assertThatThrownBy(() -> new HeadExamples(features, new Targets.Labels(new int[] {0, 3}), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Label 3 is not in 0 … 2");
    }

    private static Features features() {
        float[] values = new float[PICTURES * 3];
        for (int n = 0; n < PICTURES; n++) {
            for (int d = 0; d < 3; d++) values[n * 3 + d] = (float) Math.sin((n + 1) * (d + 1));
        }
        return new Features(PICTURES, 3, values);
    }

    private static HeadExamples examples() {
        int[] labels = IntStream.range(0, PICTURES).map(n -> n % 3).toArray();
        return new HeadExamples(features(), new Targets.Labels(labels), 3);
    }

    private static HeadLoss loss(int[] labels) {
        return new HeadLoss(new Loss.CrossEntropy(0), new Targets.Labels(labels), PICTURES, 3);
    }

    private static Backbone backbone() {
        Network network = new Network(
                "three", new Shape(3, 1, 1), List.of(new Node("flatten", new Layer.Flatten(), List.of(Network.INPUT))));
        return new Backbone(network, new Weights(List.of()), "fc");
    }
}
