package io.fovea.tflite;

import io.fovea.network.ActivationFunction;
import io.fovea.network.Shape;
import java.util.Optional;

/** Writes functions of single values. Features may lie in any order. */
final class ActivationLayers {

    private final TfliteGraph graph;
    private final Results results;
    private final Giving giving;

    ActivationLayers(TfliteGraph graph, Results results, Giving giving) {
        this.graph = graph;
        this.results = results;
        this.giving = giving;
    }

    void activation(Step step, ActivationFunction function, ElementType type) {
        String read = step.inputs().getFirst();
        int[] input = {results.readAsItLies(read, type)};
        Optional<Shape> maps = results.of(read).maps();
        boolean isNeverNegative = function == ActivationFunction.RELU || function == ActivationFunction.RELU6;
        Giving.Like like = new Giving.Like(type, step.result(), maps, isNeverNegative);
        int version = type == ElementType.INT8 ? 2 : 1;
        switch (function) {
            case RELU -> giving.bare(step, like, Operator.RELU, version, input);
            case RELU6 -> giving.bare(step, like, Operator.RELU6, version, input);
            case LEAKY_RELU -> giving.bare(step, like, Operator.LEAKY_RELU, version, input, new Options.Real(0, 0.01));
            case ELU -> giving.bare(step, like, Operator.ELU, 1, input);
            case SIGMOID -> {
                if (type == ElementType.INT8) results.fix(step.result(), Results.SIGMOID);
                giving.bare(step, like, Operator.LOGISTIC, version, input);
            }
            case TANH -> giving.bare(step, like, Operator.TANH, 1, input);
            case GELU -> giving.bare(step, like, Operator.GELU, 1, input);
            case SILU -> {
                int gate = between(step, "gate");
                graph.operator(Operator.LOGISTIC, 1, Options.NONE, input, gate);
                giving.fused(step, like, Operator.MUL, 1, 0, new int[] {input[0], gate});
            }
            case SOFTPLUS -> softplus(step, like, input[0]);
        }
    }

    /** ln(1 + exp(x)) = max(x, 0) + ln(1 + exp(−|x|)), where nothing can overflow. */
    private void softplus(Step step, Giving.Like like, int input) {
        int size = between(step, "size");
        graph.operator(Operator.ABS, 1, Options.NONE, new int[] {input}, size);
        int negative = between(step, "negative");
        graph.operator(Operator.NEG, 1, Options.NONE, new int[] {size}, negative);
        int power = between(step, "power");
        graph.operator(Operator.EXP, 1, Options.NONE, new int[] {negative}, power);
        int one = graph.floats(step.name() + "/one", new int[] {1}, 1);
        int sum = between(step, "sum");
        graph.operator(Operator.ADD, 1, Options.NONE, new int[] {power, one}, sum);
        int logarithm = between(step, "logarithm");
        graph.operator(Operator.LOG, 1, Options.NONE, new int[] {sum}, logarithm);
        int positive = between(step, "positive");
        graph.operator(Operator.RELU, 1, Options.NONE, new int[] {input}, positive);
        giving.fused(step, like, Operator.ADD, 1, 0, new int[] {positive, logarithm});
    }

    private int between(Step step, String part) {
        return giving.between(step, part, ElementType.FLOAT32, Results.axes(step.to()), step.result());
    }
}
