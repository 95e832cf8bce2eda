package io.fovea.optimize;

import static io.fovea.optimize.OptimizationTest.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden numbers: losses.json, made with PyTorch by src/test/python/losses.py. */
@DisplayName("A loss")
class LossTest {

    private static final float[] LOGITS = {2, -1, 0.5f, 0, 0, 0, -3, 4, 1, 1, 2, -2};
    private static final int[] FIRST = {0, 2, 2, 1};
    private static final Targets LABELS = new Targets.Labels(FIRST);
    private static final Targets MIXED =
            new Targets.MixedLabels(FIRST, new int[] {1, 2, 0, 0}, new float[] {0.75f, 0.5f, 0.25f, 1});
    private static final ClassWeights WEIGHTS = new ClassWeights.Given(List.of(1.0, 2.0, 0.5));
    private static final float[] OUTPUTS = {0.5f, -1, 2, 0.25f, 0, 3};
    private static final Targets VALUES = new Targets.Values(new float[] {0.5f, -1.5f, 0, 0, 0.125f, -1});

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("weighted", new Loss.CrossEntropy(0, WEIGHTS), LOGITS, LABELS, 4),
                Arguments.of("weightedSmoothed", new Loss.CrossEntropy(0.1, WEIGHTS), LOGITS, LABELS, 4),
                Arguments.of("mixed", new Loss.CrossEntropy(0), LOGITS, MIXED, 4),
                Arguments.of("mixedSmoothed", new Loss.CrossEntropy(0.1), LOGITS, MIXED, 4),
                Arguments.of("mixedWeighted", new Loss.CrossEntropy(0, WEIGHTS), LOGITS, MIXED, 4),
                Arguments.of("meanSquaredError", new Loss.MeanSquaredError(), OUTPUTS, VALUES, 3),
                Arguments.of("meanAbsoluteError", new Loss.MeanAbsoluteError(), OUTPUTS, VALUES, 3),
                Arguments.of("smoothL1", new Loss.SmoothL1(0.5), OUTPUTS, VALUES, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void and_its_gradient_equal_pytorchs(String name, Loss loss, float[] outputs, Targets targets, int size) {
        JsonNode golden = golden().get(name);
        float[] gradient = new float[outputs.length];
        Loss.Result result = loss.of(outputs, targets, size, outputs.length / size, gradient);
        assertThat(result.mean()).isCloseTo(golden.get("value").asDouble(), within(1e-6));
        assertThat(gradient).containsExactly(floats(golden.get("gradient")), within(1e-6f));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void of_outputs_that_are_no_numbers_is_no_number(
            String name, Loss loss, float[] outputs, Targets targets, int size) {
        float[] broken = new float[outputs.length];
        Arrays.fill(broken, Float.NaN);
        Loss.Result result = loss.of(broken, targets, size, outputs.length / size, new float[outputs.length]);
        assertThat(result.mean()).isNaN();
    }

    @Nested
    @DisplayName("with class weights")
    class Weighted {

        @Test
        void tells_what_it_divided_by() {
            Loss.Result result = new Loss.CrossEntropy(0, WEIGHTS).of(LOGITS, LABELS, 4, 3, new float[12]);
            assertThat(result.weight()).isEqualTo(1 + 0.5 + 0.5 + 2);
        }

        @Test
        void that_are_balanced_gives_every_class_the_same_share() {
            ClassWeights counted = new ClassWeights.Balanced().counted(new int[] {30, 10, 0, 20});
            assertThat(counted).isEqualTo(new ClassWeights.Given(List.of(0.5, 1.5, 0.0, 0.75)));
        }

        @Test
        void of_0_for_all_pictures_of_a_batch_teaches_nothing() {
            float[] gradient = {7, 7};
            ClassWeights onlySecond = new ClassWeights.Given(List.of(0.0, 1.0));
            Loss.Result result = new Loss.CrossEntropy(0, onlySecond)
                    .of(new float[] {1, 2}, new Targets.Labels(new int[] {0}), 1, 2, gradient);
            assertThat(result.mean()).isZero();
            assertThat(gradient).containsExactly(0, 0);
        }

        @Test
        void must_be_counted_before_use() {
            Loss loss = new Loss.CrossEntropy(0, new ClassWeights.Balanced());
            assertThatThrownBy(() -> loss.of(LOGITS, LABELS, 4, 3, new float[12]))
                    .isInstanceOf(IllegalStateException.class);
            Loss.Result result = loss.counted(new int[] {1, 1, 2}).of(LOGITS, LABELS, 4, 3, new float[12]);
            assertThat(result.weight()).isCloseTo(4, within(1e-12));
        }

        @Test
        void refuses_negative_ones_and_another_number_of_classes() {
            assertThatThrownBy(() -> new ClassWeights.Given(List.of(1.0, -1.0)))
                    .hasMessage("A class weight must be at least 0: -1.0");
            ClassWeights two = new ClassWeights.Given(List.of(1.0, 1.0));
            assertThatThrownBy(() -> new Loss.CrossEntropy(0, two).of(LOGITS, LABELS, 4, 3, new float[12]))
                    .hasMessageContaining("Expected 3 class weights, found 2");
        }
    }

    @Nested
    @DisplayName("of mixed pictures")
    class Mixed {}

    @Test
    void of_numbers_refuses_labels_and_the_reverse() {
        assertThatThrownBy(() -> new Loss.MeanSquaredError().of(OUTPUTS, LABELS, 3, 2, new float[6]))
                .hasMessageContaining("for numbers");
        assertThatThrownBy(() -> new Loss.CrossEntropy(0).of(OUTPUTS, VALUES, 3, 2, new float[6]))
                .hasMessageContaining("for labels");
    }

    static JsonNode golden() {
        try (var file = LossTest.class.getResourceAsStream("losses.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
