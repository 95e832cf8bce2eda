package io.fovea.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden numbers: optimizers.json, made with PyTorch by src/test/python/optimizers.py. */
@DisplayName("An optimizer")
class OptimizationTest {

    private static final JsonNode GOLDEN = golden();

    private static final Map<String, Optimizer> RULES = Map.of(
            "gradientDescent", new Optimizer.GradientDescent(),
            "gradientDescentL2", new Optimizer.GradientDescent(),
            "momentum", new Optimizer.Momentum(0.9),
            "nesterov", new Optimizer.Nesterov(0.9),
            "adam", new Optimizer.Adam(0.9, 0.999, 1e-8),
            "adamW", new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.02),
            "rmsProp", new Optimizer.RmsProp(0.99, 1e-8),
            "adagrad", new Optimizer.Adagrad(1e-10),
            "adaDelta", new Optimizer.AdaDelta(0.9, 1e-6));

    static Stream<String> rules() {
        return RULES.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void makes_the_steps_that_pytorch_makes(String name) {
        Optimization optimization = optimization(name);
        float[] parameters = floats(GOLDEN.get("start"));
        for (int step = 0; step < 5; step++) {
            optimization.beginStep();
            optimization.update(
                    parameters, floats(GOLDEN.get("gradients").get(step)), rate(name), 0, parameters.length);
            float[] expected = floats(GOLDEN.get("steps").get(name).get(step));
            for (int i = 0; i < expected.length; i++) {
                assertThat(parameters[i])
                        .as("step %d, parameter %d", step + 1, i)
                        .isCloseTo(expected[i], within(2e-6f));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void may_be_cut_in_ranges_without_changing_a_bit(String name) {
        Optimization whole = optimization(name);
        Optimization cut = optimization(name);
        float[] one = floats(GOLDEN.get("start"));
        float[] other = one.clone();
        for (int step = 0; step < 3; step++) {
            float[] gradients = floats(GOLDEN.get("gradients").get(step));
            whole.beginStep();
            whole.update(one, gradients.clone(), 0.1, 0, 4);
            cut.beginStep();
            cut.update(other, gradients, 0.1, 0, 1);
            cut.update(other, gradients, 0.1, 1, 4);
        }
        assertThat(other).isEqualTo(one);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void goes_on_from_its_memory_as_if_it_had_never_stopped(String name) {
        Optimization first = optimization(name);
        float[] parameters = floats(GOLDEN.get("start"));
        step(first, parameters, 0);
        step(first, parameters, 1);
        Optimization second = optimization(name);
        second.restore(
                first.steps(), first.memory().stream().map(float[]::clone).toList());
        float[] continued = parameters.clone();
        step(first, parameters, 2);
        step(second, continued, 2);
        assertThat(continued).isEqualTo(parameters);
    }

    @Test
    void refuses_the_memory_of_another_rule() {
        Optimization adam = new Optimization(new Optimizer.Adam(0.9, 0.999, 1e-8), Regularisation.NONE, 4);
        assertThatThrownBy(() -> adam.restore(3, List.of(new float[4])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The state is not of this optimizer");
    }

    @Nested
    @DisplayName("with a rate for each range")
    class Ranges {

        private final List<ParameterRange> ranges = List.of(new ParameterRange(0, 2, 1), new ParameterRange(2, 3, 0.1));

        @Test
        void makes_the_steps_that_pytorch_makes_with_parameter_groups() {
            Optimization optimization =
                    new Optimization(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.02), Regularisation.NONE, ranges, 3);
            float[] parameters = {1, -1, 0.5f};
            for (float[] gradients : List.of(
                    new float[] {0.3f, -0.2f, 0.7f}, new float[] {0.1f, 0.4f, -0.6f}, new float[] {0, 1, 0.2f})) {
                optimization.beginStep();
                optimization.update(parameters, gradients, 0.1, 0, 3);
            }
            assertThat(parameters).containsExactly(floats(LossTest.golden().get("groups")), within(2e-6f));
        }

        @Test
        void leaves_what_lies_in_no_range() {
            Optimization optimization =
                    new Optimization(new Optimizer.GradientDescent(), new Regularisation(0, 1), ranges, 4);
            float[] parameters = {1, 1, 1, 1};
            optimization.beginStep();
            optimization.update(parameters, new float[4], 0.5, 0, 4);
            assertThat(parameters).containsExactly(0.5f, 0.5f, 0.95f, 1);
        }
    }

    @Nested
    @DisplayName("with L1")
    class Absolute {

        @Test
        void pulls_each_weight_to_zero_by_the_same_amount() {
            Optimization optimization =
                    new Optimization(new Optimizer.GradientDescent(), new Regularisation(0.5, 0), 3);
            float[] parameters = {1, -2, 0};
            optimization.beginStep();
            optimization.update(parameters, new float[3], 0.1, 0, 3);
            assertThat(parameters).containsExactly(0.95f, -1.95f, 0f);
        }
    }

    private static void step(Optimization optimization, float[] parameters, int step) {
        optimization.beginStep();
        optimization.update(parameters, floats(GOLDEN.get("gradients").get(step)), 0.1, 0, parameters.length);
    }

    private static Optimization optimization(String name) {
        Regularisation regularisation = name.endsWith("L2") ? new Regularisation(0, 0.05) : Regularisation.NONE;
        return new Optimization(RULES.get(name), regularisation, 4);
    }

    private static double rate(String name) {
        return name.equals("adaDelta") ? 1 : 0.1;
    }

    static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) list.get(i).asDouble();
        return values;
    }

    static JsonNode golden() {
        try (var file = OptimizationTest.class.getResourceAsStream("optimizers.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
