package io.fovea.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Cross-entropy")
class CrossEntropyTest {

    @Test
    void of_equal_logits_is_the_logarithm_of_the_number_of_classes() {
        float[] gradient = new float[4];
        Loss.Result result = new Loss.CrossEntropy(0)
                .of(new float[] {7, 7, 7, 7}, new Targets.Labels(new int[] {2}), 1, 4, gradient);
        assertThat(result.mean()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(gradient).containsExactly(0.25f, 0.25f, -0.75f, 0.25f);
    }

    @ParameterizedTest(name = "smoothing {1}")
    @CsvSource({"crossEntropy, 0", "smoothed, 0.1"})
    void and_its_gradient_equal_pytorchs(String name, double smoothing) {
        JsonNode golden = OptimizationTest.golden().get(name);
        float[] gradient = new float[9];
        Loss.Result result = new Loss.CrossEntropy(smoothing)
                .of(
                        new float[] {2, -1, 0.5f, 0, 0, 0, -3, 4, 1},
                        new Targets.Labels(new int[] {0, 2, 2}),
                        3,
                        3,
                        gradient);
        assertThat(result.mean()).isCloseTo(golden.get("value").asDouble(), within(1e-6));
        assertThat(gradient).containsExactly(OptimizationTest.floats(golden.get("gradient")), within(1e-6f));
    }

    @Test
    void of_logits_that_are_no_numbers_is_no_number() {
        Loss.Result result = new Loss.CrossEntropy(0)
                .of(new float[] {Float.NaN, 1}, new Targets.Labels(new int[] {0}), 1, 2, new float[2]);
        assertThat(result.mean()).isNaN();
    }

    @Test
    void of_huge_logits_stays_finite() {
        Loss.Result result = new Loss.CrossEntropy(0)
                .of(new float[] {1000, -1000}, new Targets.Labels(new int[] {1}), 1, 2, new float[2]);
        assertThat(result.mean()).isEqualTo(2000);
    }
}
