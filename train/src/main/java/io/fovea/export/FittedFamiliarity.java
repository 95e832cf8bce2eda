package io.fovea.export;

import io.fovea.bundle.Familiarity;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.Split;
import io.fovea.onnx.FurtherOutput;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxGraph;
import io.fovea.task.Measure;
import io.fovea.task.ModelOutput;
import io.fovea.task.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What tells pictures that are unlike the training pictures, with what it was judged by.
 *
 * @param parts       where pictures are compared
 * @param distances   by what, one for each part, in a unit in which the threshold is 1
 * @param heldOut     how many pictures chose the threshold, none of which the distances were learned from
 * @param choice      which pictures these were
 * @param judged      the split on which false alarms were counted
 * @param falseAlarms how many of its pictures are taken for unfamiliar
 */
record FittedFamiliarity(
        List<FamiliarityPart> parts,
        List<FamiliarityDistance> distances,
        long heldOut,
        Familiarity.Choice choice,
        Split judged,
        Proportion falseAlarms)
        implements FurtherOutput {

    /** The largest distance of a familiar picture. */
    static final double THRESHOLD = 1;

    /** Copies. */
    FittedFamiliarity {
        parts = List.copyOf(parts);
        distances = List.copyOf(distances);
    }

    @Override
    public void addTo(OnnxGraph graph, UnaryOperator<String> values) {
        List<String> sources =
                parts.stream().map(part -> values.apply(part.node())).toList();
        new OnnxFamiliarity(graph).add(parts, sources, distances, ModelOutput.UNFAMILIARITY);
        graph.output(NetworkOutputs.UNFAMILIARITY);
    }

    /** Returns what the manifest says of it. */
    Familiarity described() {
        String on = judged.name().toLowerCase(Locale.ROOT);
        Measure share = new Measure(
                "false alarms", falseAlarms.value(), Optional.empty(), Measure.Unit.SHARE, Measure.Better.LOWER);
        Measurement counted =
                new Measurement(share.within(falseAlarms.low(), falseAlarms.high()), on, falseAlarms.count());
        return new Familiarity(
                ModelOutput.UNFAMILIARITY, THRESHOLD, FamiliarityFit.FALSE_ALARMS, heldOut, choice, counted);
    }
}
