package io.fovea.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.LayerSummary;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A value of any layer, computed by hand")
class EveryValueTest {

    private static final Task THREE = new Classification(List.of("ant", "bee", "cat"));

    /** Every kind of layer that gives maps, beside those of {@link ExampleModel#RESIDUAL}. */
    private static final String ALL = """
        name: all
        input: [3, 12, 10]
        layers:
          - scale: {name: scale, factor: 0.5}
          - convolution: {name: conv1, outputs: 5, kernel: 3, padding: 1, dilation: 1}
          - local-response-norm: {name: lrn, size: 3, alpha: 0.5, beta: 0.75, k: 1}
          - max-pooling: {name: pool1, kernel: 3, stride: 2, padding: 1}
          - average-pooling: {name: pool2, kernel: 3, stride: 2, padding: 1, inputs: lrn}
          - add: {name: add, inputs: [pool1, pool2]}
          - global-average-pooling: {name: squeeze}
          - sigmoid: {name: gate}
          - multiply: {name: gated, inputs: [add, gate]}
          - identity-shortcut: {name: shortcut, stride: 2, outputs: 8}
          - upsample: {name: up, factor: 2}
          - convolution: {name: conv2, outputs: 4, kernel: 2, stride: 2, inputs: gated}
          - upsample: {name: nearest, factor: 2, interpolation: nearest}
          - adaptive-average-pooling: {name: adapted, size: [5, 4]}
          - adaptive-average-pooling: {name: adapted2, size: [5, 4], inputs: up}
          - average-pooling: {name: pool3, kernel: 3, stride: 2, padding: 1, rounding: ceiling, inputs: lrn}
          - adaptive-average-pooling: {name: adapted3, size: [5, 4]}
          - concat: {name: concat, inputs: [adapted, adapted2, adapted3]}
          - global-max-pooling: {name: largest}
          - flatten: {name: flatten}
          - dropout: {name: dropout, rate: 0.5}
          - dense: {name: dense1, outputs: 7}
          - relu: {name: relu}
          - dense: {name: dense2, outputs: 3}
          - softmax: {name: softmax}
        """;

    @TempDir
    Path folder;

    private void is_what_the_network_gives(String yaml, Task task) {
        try (Explainer explainer = ExampleModel.explainer(yaml, task, folder)) {
            Passage passage = explainer.passage(ExampleModel.prepared(explainer), MapSettings.DEFAULT);
            for (LayerSummary layer : explainer.layers().layers()) {
                Shape shape = layer.output();
                boolean areMaps = shape.rank() == 3;
                for (int channel = 0; channel < shape.size(0); channel++) {
                    for (int y = 0; y < (areMaps ? shape.size(1) : 1); y++) {
                        for (int x = 0; x < (areMaps ? shape.size(2) : 1); x++) {
                            ValueArithmetic found = passage.arithmetic(layer.name(), channel, x, y);
                            assertThat(result(found)).as("%s", found).isCloseTo(found.given(), within(1e-5));
                            assertThat(steps(found)).allSatisfy(step -> assertThat(step.result())
                                    .isCloseTo(step.given(), within(1e-5)));
                        }
                    }
                }
            }
        }
    }

    private static double result(ValueArithmetic arithmetic) {
        return switch (arithmetic) {
            case ConvolutionArithmetic convolution -> convolution.sum();
            case DenseArithmetic dense ->
                dense.terms().stream()
                                .mapToDouble(DenseArithmetic.Term::product)
                                .sum()
                        + dense.rest()
                        + dense.bias();
            case PoolingArithmetic pooling -> pooling.result();
            case FormulaArithmetic formula -> formula.result();
        };
    }

    private static List<ArithmeticStep> steps(ValueArithmetic arithmetic) {
        return switch (arithmetic) {
            case ConvolutionArithmetic convolution -> convolution.steps();
            case DenseArithmetic dense -> dense.steps();
            case PoolingArithmetic _, FormulaArithmetic _ -> List.of();
        };
    }

    @Test
    void is_what_a_residual_network_gives() {
        is_what_the_network_gives(ExampleModel.RESIDUAL, THREE);
    }

    @Test
    void is_what_a_network_of_all_kinds_gives() {
        is_what_the_network_gives(ALL, THREE);
    }

    @Test
    void is_what_a_network_of_maps_gives() {
        is_what_the_network_gives(ExampleModel.MAPS, new Segmentation(THREE.names()));
    }

    @Test
    void is_led_back_to_where_it_came_from() {
        try (Explainer explainer = ExampleModel.explainer(ALL, THREE, folder)) {
            Passage passage = explainer.passage(ExampleModel.prepared(explainer), MapSettings.DEFAULT);

            FormulaArithmetic joined = (FormulaArithmetic) passage.arithmetic("concat", 5, 1, 2);
            assertThat(joined.terms())
                    .extracting(FormulaArithmetic.Term::layer, FormulaArithmetic.Term::channel)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("adapted2", 1));
            PoolingArithmetic largest = (PoolingArithmetic) passage.arithmetic("pool1", 0, 0, 0);
            assertThat(largest.window()).as("the padding is left out").hasDimensions(2, 2);
            assertThat((double) largest.window()[largest.row()][largest.column()])
                    .isEqualTo(largest.given());
            assertThat(((PoolingArithmetic) passage.arithmetic("pool2", 0, 0, 0)).divisor())
                    .as("zeros of the padding count in a mean")
                    .isEqualTo(9);
        }
    }

    @Test
    void of_a_vote_is_refused_with_what_to_ask_instead() {
        try (Explainer explainer = ExampleModel.explainer(ExampleModel.NEIGHBOURS, THREE, folder)) {
            Passage passage = explainer.passage(ExampleModel.prepared(explainer), MapSettings.DEFAULT);
            assertThatThrownBy(() -> passage.arithmetic("neighbours", 0, 0, 0))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("its values are votes");
        }
    }

    @Test
    void is_the_same_in_a_map_at_full_size() {
        try (Explainer explainer = ExampleModel.explainer(ALL, THREE, folder)) {
            Passage passage = explainer.passage(ExampleModel.prepared(explainer), MapSettings.DEFAULT);
            LayerMap map = passage.map("conv1", 3);
            assertThat(map.height()).isEqualTo(12);
            assertThat(map.width()).isEqualTo(10);
            assertThat((double) map.values()[4 * 10 + 7])
                    .isEqualTo(passage.arithmetic("conv1", 3, 7, 4).given());
            assertThat(map.picture().channels()).isEqualTo(3);
            assertThat(passage.map("dense1", 0).values()).hasSize(7);
            assertThatThrownBy(() -> passage.map("conv1", 5)).hasMessageContaining("has no channel 5");
            assertThatThrownBy(() -> passage.map("conv9", 0)).hasMessageContaining("did you mean \"conv1\"?");
        }
    }
}
