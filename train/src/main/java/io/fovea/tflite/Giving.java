package io.fovea.tflite;

import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the operator that gives a step's result, and whatever cuts it off. For one thread. */
final class Giving {

    /**
     * What the result is like.
     *
     * @param type            of its numbers
     * @param scaledAs        the layer whose scale its whole numbers have
     * @param maps            if features lie in the order [H, W, C] of maps [C, H, W], these
     * @param isNeverNegative whether all numbers are known to be 0 or more, even before they are cut off
     */
    record Like(ElementType type, String scaledAs, Optional<Shape> maps, boolean isNeverNegative) {

        /** A result with a scale of its own. */
        static Like own(Step step, ElementType type) {
            return new Like(type, step.result(), Optional.empty(), false);
        }

        /** A result of numbers that were read, or lie between them. */
        static Like read(Results.Result read) {
            return new Like(read.type(), read.scaledAs(), read.maps(), read.isNeverNegative());
        }
    }

    private final TfliteGraph graph;
    private final Results results;

    Giving(TfliteGraph graph, Results results) {
        this.graph = graph;
        this.results = results;
    }

    /** Adds an operator that cuts off itself, by the option at {@code place}. */
    void fused(Step step, Like like, Operator operator, int version, int place, int[] inputs, Options.Field... fields) {
        List<Options.Field> all = new ArrayList<>(List.of(fields));
        all.add(new Options.Choice(place, step.clip().code()));
        int output = tensor(step, like, step.result());
        graph.operator(operator, version, new Options(all), inputs, output);
        note(step, like, output);
    }

    /** Adds an operator that cannot cut off; where that is needed, it is done after it. */
    void bare(Step step, Like like, Operator operator, int version, int[] inputs, Options.Field... fields) {
        boolean clips = step.clip() != Step.Clip.NOTHING;
        int output = tensor(step, like, clips ? step.name() : step.result());
        graph.operator(operator, version, Options.of(fields), inputs, output);
        clipped(step, like, output);
    }

    /** Makes a tensor that is there a step's result. */
    void clipped(Step step, Like like, int tensor) {
        int output = tensor;
        if (step.clip() != Step.Clip.NOTHING) {
            output = tensor(step, like, step.result());
            Operator operator = step.clip() == Step.Clip.RELU ? Operator.RELU : Operator.RELU6;
            int version = like.type() == ElementType.INT8 ? 2 : 1;
            graph.operator(operator, version, Options.NONE, new int[] {tensor}, output);
        }
        note(step, like, output);
    }

    /** Adds a tensor on the way to a step's result. */
    int between(Step step, String part, ElementType type, int[] axes, String scaledAs) {
        return graph.tensor(step.name() + "/" + part, type, axes, results.scale(scaledAs, type));
    }

    private int tensor(Step step, Like like, String name) {
        return graph.tensor(name, like.type(), Results.axes(step.to()), results.scale(like.scaledAs(), like.type()));
    }

    private void note(Step step, Like like, int tensor) {
        boolean isNeverNegative = like.isNeverNegative() || step.clip() != Step.Clip.NOTHING;
        results.put(
                step.result(),
                new Results.Result(
                        step.result(), step.to(), like.type(), like.scaledAs(), like.maps(), isNeverNegative),
                tensor);
    }
}
