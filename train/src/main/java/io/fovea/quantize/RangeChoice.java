package io.fovea.quantize;

import io.fovea.network.Shape;
import io.fovea.weights.FoldedNetwork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which rule's range is best for a result: the one with which the layers that read it give what they give on floats, as far as can be.
 *
 * <p>Formula: the sum over readers of Σ(y − ŷ)² / Σy², with ŷ computed from the rounded result by the layer's own weights; layers without weights
 * count by the result itself.
 */
final class RangeChoice {

    private final FoldedNetwork folded;
    private final Steps steps;
    private final Calibration calibration;
    private final int threads;

    RangeChoice(FoldedNetwork folded, Steps steps, Calibration calibration, int threads) {
        this.folded = folded;
        this.steps = steps;
        this.calibration = calibration;
        this.threads = threads;
    }

    /** A rule and its scale. */
    record Chosen(RangeRule rule, ActivationScale scale) {}

    /** Returns the best for a result. */
    Chosen of(String result) {
        Map<RangeRule, ActivationScale> scales = new EnumMap<>(RangeRule.class);
        for (RangeRule rule : RangeRule.values()) {
            ActivationScale scale = ActivationScale.of(rule.of(calibration.histogram(result)));
            if (!scales.containsValue(scale)) scales.put(rule, scale);
        }
        if (scales.size() == 1) {
            Map.Entry<RangeRule, ActivationScale> only =
                    scales.entrySet().iterator().next();
            return new Chosen(only.getKey(), only.getValue());
        }
        Map<RangeRule, Double> errors = errors(result, scales);
        RangeRule best = RangeRule.MIN_MAX;
        for (Map.Entry<RangeRule, Double> each : errors.entrySet())
            if (each.getValue() < errors.get(best)) best = each.getKey();
        return new Chosen(best, scales.get(best));
    }

    private Map<RangeRule, Double> errors(String result, Map<RangeRule, ActivationScale> scales) {
        List<Step> through = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        boolean itself = follow(result, through, outputs);
        Map<RangeRule, Double> errors = new EnumMap<>(RangeRule.class);
        scales.keySet().forEach(rule -> errors.put(rule, 0.0));
        if (itself || outputs.isEmpty()) {
            for (Map.Entry<RangeRule, ActivationScale> each : scales.entrySet()) {
                double[] lost = new double[2];
                for (float[] values : calibration.kept(result)) add(lost, values, rounded(values, each.getValue()));
                errors.merge(each.getKey(), share(lost), Double::sum);
            }
        }
        if (outputs.isEmpty()) return errors;
        Shape shape = steps.shape(result);
        FloatGraph graph = new FloatGraph(folded, result, shape);
        through.forEach(graph::add);
        long[] axes = new long[shape.rank() + 1];
        axes[0] = 1;
        for (int axis = 0; axis < shape.rank(); axis++) axes[axis + 1] = shape.size(axis);
        List<String> names = outputs.stream().map(FloatGraph::name).toList();
        try (GraphRun run = new GraphRun(graph.build(steps, outputs), threads, GraphRun.Optimization.ALL)) {
            Map<RangeRule, Map<String, double[]>> lost = new EnumMap<>(RangeRule.class);
            for (float[] values : calibration.kept(result)) {
                Map<String, float[]> exact = run.run(values, axes, names);
                scales.forEach((rule, scale) -> {
                    Map<String, float[]> found = run.run(rounded(values, scale), axes, names);
                    for (String name : names)
                        add(
                                lost.computeIfAbsent(rule, _ -> new java.util.HashMap<>())
                                        .computeIfAbsent(name, _ -> new double[2]),
                                exact.get(name),
                                found.get(name));
                });
            }
            lost.forEach((rule, outs) -> outs.values().forEach(each -> errors.merge(rule, share(each), Double::sum)));
        }
        return errors;
    }

    /** Finds the layers with weights that read a result, also by way of what passes it on; returns whether others read it too. */
    private boolean follow(String result, List<Step> through, List<String> outputs) {
        boolean others = steps.readers(result).isEmpty();
        for (Step reader : steps.readers(result)) {
            if (Steps.isWeighted(reader)) {
                through.add(new Step(reader.node(), reader.layer(), java.util.Optional.empty(), reader.kind()));
                outputs.add(reader.node().name());
            } else if (reader.kind() == Step.Kind.PASSING && reader.clip().isEmpty()) {
                through.add(reader);
                others |= follow(reader.result(), through, outputs);
            } else {
                others = true;
            }
        }
        return others;
    }

    private static float[] rounded(float[] values, ActivationScale scale) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) rounded[i] = scale.rounded(values[i]);
        return rounded;
    }

    private static void add(double[] lost, float[] exact, float[] found) {
        for (int i = 0; i < exact.length; i++) {
            double off = exact[i] - found[i];
            lost[0] += off * off;
            lost[1] += (double) exact[i] * exact[i];
        }
    }

    private static double share(double[] lost) {
        return lost[1] == 0 ? 0 : lost[0] / lost[1];
    }
}
