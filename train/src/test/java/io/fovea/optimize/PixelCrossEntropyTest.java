package io.fovea.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers: losses.json, made with PyTorch by src/test/python/losses.py. */
@DisplayName("Cross-entropy over pixels")
class PixelCrossEntropyTest {

    private static final byte NONE = (byte) Targets.Masks.UNLABELLED;

    /** [2, 3, 2, 2] */
    private static final float[] MAPS = {
        2, -1, 0.5f, 0, //
        0, 0, -3, 4, //
        1, 1, 2, -2, //
        0.25f, 3, -1, 1.5f, //
        -0.5f, 0.5f, 2, -1.5f, //
        1, 0, 0, 0.75f
    };

    /** [2, 2, 2] */
    private static final Targets MASKS = new Targets.Masks(new byte[] {0, NONE, 2, 1, 1, 0, NONE, NONE}, 4);

    private static final ClassWeights WEIGHTS = new ClassWeights.Given(List.of(1.0, 2.0, 0.5));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "pixels, 0, false",
        "pixelsSmoothed, 0.1, false",
        "pixelsWeighted, 0, true",
        "pixelsWeightedSmoothed, 0.1, true"
    })
    void and_its_gradient_equal_pytorchs(String name, double smoothing, boolean weighted) {
        JsonNode golden = LossTest.golden().get(name);
        Loss loss = weighted ? new Loss.CrossEntropy(smoothing, WEIGHTS) : new Loss.CrossEntropy(smoothing);
        float[] gradient = new float[24];
        Loss.Result result = loss.of(MAPS, MASKS, 2, 12, gradient);
        assertThat(result.mean()).isCloseTo(golden.get("value").asDouble(), within(1e-6));
        assertThat(gradient).containsExactly(OptimizationTest.floats(golden.get("gradient")), within(1e-6f));
    }

    @Test
    void of_equal_logits_is_the_logarithm_of_the_number_of_classes() {
        float[] gradient = new float[2];
        Loss.Result result =
                new Loss.CrossEntropy(0).of(new float[] {7, 7}, new Targets.Masks(new byte[] {1}, 1), 1, 2, gradient);
        assertThat(result.mean()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(gradient).containsExactly(0.5f, -0.5f);
    }

    @Test
    void tells_how_many_labelled_pixels_it_divided_by() {
        Loss.Result result = new Loss.CrossEntropy(0).of(MAPS, MASKS, 2, 12, new float[24]);
        assertThat(result.weight()).isEqualTo(5);
    }

    @Test
    void with_class_weights_tells_what_the_labelled_pixels_weigh() {
        Loss.Result result = new Loss.CrossEntropy(0, WEIGHTS).of(MAPS, MASKS, 2, 12, new float[24]);
        // classes 0, 2, 1, 1 and 0
        assertThat(result.weight()).isEqualTo(1 + 0.5 + 2 + 2 + 1);
    }

    @Test
    void leaves_a_longer_gradient_behind_the_batch_alone() {
        float[] gradient = new float[24];
        gradient[12] = 7;
        new Loss.CrossEntropy(0).of(MAPS, MASKS, 1, 12, gradient);
        assertThat(gradient[12]).isEqualTo(7);
    }

    @Nested
    @DisplayName("of a mask without a labelled pixel")
    class Unlabelled {

        @Test
        void is_0_and_teaches_nothing() {
            float[] gradient = {7, 7, 7, 7};
            Loss.Result result = new Loss.CrossEntropy(0.1)
                    .of(new float[] {1, 2, 3, 4}, new Targets.Masks(new byte[] {NONE, NONE}, 2), 1, 4, gradient);
            assertThat(result.mean()).isZero();
            assertThat(result.weight()).isZero();
            assertThat(gradient).containsExactly(0, 0, 0, 0);
        }

        @Test
        void counts_nothing_beside_another_picture() {
            float[] alone = new float[2];
            float[] beside = new float[4];
            Loss loss = new Loss.CrossEntropy(0);
            Loss.Result one = loss.of(new float[] {1, 2}, new Targets.Masks(new byte[] {0}, 1), 1, 2, alone);
            Loss.Result two =
                    loss.of(new float[] {1, 2, 8, 9}, new Targets.Masks(new byte[] {0, NONE}, 1), 2, 2, beside);
            assertThat(two).isEqualTo(one);
            assertThat(beside).containsExactly(alone[0], alone[1], 0, 0);
        }
    }

    @Test
    void of_labelled_logits_that_are_no_numbers_is_no_number() {
        Loss.Result result = new Loss.CrossEntropy(0)
                .of(new float[] {Float.NaN, 1}, new Targets.Masks(new byte[] {0}, 1), 1, 2, new float[2]);
        assertThat(result.mean()).isNaN();
    }

    @Test
    void refuses_weights_of_another_number_of_classes() {
        ClassWeights two = new ClassWeights.Given(List.of(1.0, 1.0));
        assertThatThrownBy(() -> new Loss.CrossEntropy(0, two).of(MAPS, MASKS, 2, 12, new float[24]))
                .hasMessageContaining("Expected 3 class weights, found 2");
    }
}
