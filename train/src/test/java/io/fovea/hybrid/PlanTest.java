package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.candidate.Block;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.Topology;
import io.fovea.hybrid.Stage.Refit;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The plan of an evolution")
class PlanTest {

    private static final Topology TOPOLOGY = new Topology(new Shape(1, 14, 14), 4, 18);

    @Nested
    @DisplayName("has stages")
    class Stages {

        @Test
        void that_are_one_where_filters_follow_a_gradient_side_by_side() {
            List<Stage> plan = plan("es-adam", EvolutionMode.PARALLEL, 100);

            assertThat(plan).hasSize(1);
            assertThat(plan.getFirst().blocks()).hasSize(18).endsWith(new Block.Filter(17));
            assertThat(plan.getFirst().generations()).isEqualTo(100);
            assertThat(plan.getFirst().refits()).isEqualTo(Refit.WITHIN);
        }

        @Test
        void that_end_with_each_fit_of_the_head_where_candidates_of_generations_are_compared() {
            List<Stage> plan = plan("pso", EvolutionMode.PARALLEL, 100);

            assertThat(plan).extracting(Stage::generations).containsExactly(40, 40, 20);
            assertThat(plan).extracting(Stage::refits).containsOnly(Refit.AFTER);
        }

        @Test
        void that_are_one_for_both_layers_as_one_vector_with_new_heads_where_its_mean_takes_effect_at_once() {
            assertThat(plan("lm-ma-es", EvolutionMode.JOINT, 100))
                    .containsExactly(new Stage(List.of(new Block.BothLayers()), 100, Refit.AFTER));
            assertThat(plan("es-adam", EvolutionMode.JOINT, 100))
                    .containsExactly(new Stage(List.of(new Block.BothLayers()), 100, Refit.WITHIN));
        }

        @Test
        void that_begin_with_the_first_layer_for_a_quarter_of_the_generations() {
            List<Stage> plan = plan("es-adam", EvolutionMode.SERIAL_LAYER, 100);

            assertThat(plan.getFirst()).isEqualTo(new Stage(List.of(new Block.FirstLayer()), 25, Refit.WITHIN));
            assertThat(plan).hasSize(2);
            assertThat(plan.getLast().generations()).isEqualTo(75);
        }

        @Test
        void that_are_one_per_filter_with_a_new_head_after_sixteen_and_after_the_last() {
            List<Stage> plan = plan("cma-es", EvolutionMode.SERIAL_FILTER, 5);

            assertThat(plan).hasSize(18);
            assertThat(plan).extracting(Stage::generations).containsOnly(5);
            assertThat(plan.get(3).blocks()).containsExactly(new Block.Filter(3));
            assertThat(IntStream.range(0, 18)
                            .filter(stage -> plan.get(stage).refits() == Refit.AFTER)
                            .toArray())
                    .containsExactly(15, 17);
        }

        @Test
        void that_are_none_without_generations() {
            for (EvolutionMode mode : EvolutionMode.values())
                assertThat(plan("es-adam", mode, 0)).isEmpty();
        }

        private static List<Stage> plan(String search, EvolutionMode mode, int generations) {
            return Stage.plan(new EvolutionSettings(search, mode, generations, 8, 40, 0.2, Optional.empty()), TOPOLOGY);
        }
    }

    @Nested
    @DisplayName("searches blocks")
    class Blocks {

        private final Kernels kernels =
                new Kernels(numbers(4 * 9, 1), numbers(4, 100), numbers(18 * 36, 1000), numbers(18, 10_000));
        private final Block.Scales scales = new Block.Scales(2, 4);

        @Test
        void of_a_filter_and_its_bias_in_units_of_its_layer() {
            double[] second = new Block.Filter(1).read(kernels, scales);

            assertThat(second).hasSize(37);
            assertThat(second[0]).isEqualTo(1036 / 4.0);
            assertThat(second[35]).isEqualTo(1071 / 4.0);
            assertThat(second[36]).isEqualTo(10_001 / 4.0);
        }

        @Test
        void of_a_layer_filter_after_filter() {
            double[] first = new Block.FirstLayer().read(kernels, scales);

            assertThat(first).hasSize(40);
            assertThat(first[9]).isEqualTo(100 / 2.0);
            assertThat(first[10]).isEqualTo(10 / 2.0);
            assertThat(first[39]).isEqualTo(103 / 2.0);
        }

        @Test
        void of_both_layers_each_in_its_own_units() {
            double[] both = new Block.BothLayers().read(kernels, scales);

            assertThat(both).hasSize(40 + 18 * 37);
            assertThat(both[39]).isEqualTo(103 / 2.0);
            assertThat(both[40]).isEqualTo(1000 / 4.0);
        }

        @Test
        void that_are_written_back_as_they_were_read_and_leave_the_rest() {
            for (Block block : List.of(new Block.Filter(17), new Block.FirstLayer(), new Block.BothLayers())) {
                Kernels empty = new Kernels(new float[36], new float[4], new float[18 * 36], new float[18]);
                double[] values = block.read(kernels, scales);

                block.write(values, empty, scales);

                assertThat(block.read(empty, scales)).isEqualTo(values);
                long written = IntStream.of(
                                count(empty.firstWeight()),
                                count(empty.firstBias()),
                                count(empty.secondWeight()),
                                count(empty.secondBias()))
                        .sum();
                assertThat(written).isEqualTo(values.length);
            }
        }

        @Test
        void in_units_of_the_root_mean_square_or_of_one_where_all_weights_are_zero() {
            Block.Scales found = Block.Scales.of(
                    new Kernels(new float[] {3, -3, 3, -3}, new float[] {50}, new float[9], new float[1]));

            assertThat(found).isEqualTo(new Block.Scales(3, 1));
        }

        private static int count(float[] values) {
            int count = 0;
            for (float value : values) if (value != 0) count++;
            return count;
        }

        private static float[] numbers(int count, int first) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) numbers[i] = first + i;
            return numbers;
        }
    }

    @Nested
    @DisplayName("is for pictures")
    class Pictures {

        @Test
        void whose_features_and_filters_follow_from_their_size() {
            Topology digits = new Topology(new Shape(1, 28, 28), 32, 64);

            assertThat(digits.places()).isEqualTo(25);
            assertThat(digits.features()).isEqualTo(1600);
            assertThat(KernelSource.random(digits, 1).count()).isEqualTo(18_816);
        }

        @Test
        void of_ten_pixels_at_least() {
            assertThat(new Topology(new Shape(1, 10, 10), 32, 64).places()).isEqualTo(1);

            Problem problem = catchThrowableOfType(Problem.class, () -> new Topology(new Shape(1, 9, 30), 32, 64));
            assertThat(problem.what()).contains("leave nothing of pictures of 9x30");
            assertThat(problem.remedy()).contains("at least 10x10");
        }

        @Test
        void that_leave_no_more_features_than_the_head_can_invert() {
            assertThat(new Topology(new Shape(3, 38, 38), 32, 64).features()).isEqualTo(4096);

            Problem problem = catchThrowableOfType(Problem.class, () -> new Topology(new Shape(3, 64, 64), 32, 64));
            assertThat(problem.what()).contains("64x64", "12,544 features", "at most 4,096");
            assertThat(problem.remedy()).contains("--size 32");
        }
    }
}
