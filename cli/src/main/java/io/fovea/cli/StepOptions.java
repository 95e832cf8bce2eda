package io.fovea.cli;

import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.Clipping;
import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What makes up a step beside the optimizer; what is not given stays as it was. */
final class StepOptions {

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            description = "Learn from N batches per step, for large steps in little memory.")
    private Integer accumulate;

    @Option(
            names = "--clip-norm",
            paramLabel = "F",
            description = "Shrink a step's gradients to a length of F at most, all alike.")
    private Double clipNorm;

    @Option(names = "--clip-value", paramLabel = "F", description = "Bound each gradient to -F ... F.")
    private Double clipValue;

    @Option(
            names = "--average",
            paramLabel = "DECAY",
            description = "Validate and keep the moving mean of the weights (EMA), with a decay such as 0.999.")
    private Double average;

    @Option(
            names = "--freeze",
            paramLabel = "LAYER",
            split = ",",
            description = "Leave a layer, or all whose names begin with LAYER and a dot, as it is.")
    private List<String> freeze = List.of();

    @Option(
            names = "--layer-rate",
            paramLabel = "LAYER=F",
            split = ",",
            description = "Let a layer, or all whose names begin with LAYER and a dot, learn at F times the rate; * is"
                    + " every layer. The first that fits counts.")
    private Map<String, Double> layerRates = new LinkedHashMap<>();

    TrainingSettings over(TrainingSettings settings) {
        if (clipNorm != null && clipValue != null)
            throw new IllegalArgumentException("--clip-norm and --clip-value exclude each other");
        TrainingSettings changed = settings;
        if (accumulate != null) changed = changed.withAccumulatedBatches(accumulate);
        if (clipNorm != null) changed = changed.withClipping(new Clipping.ByNorm(clipNorm));
        if (clipValue != null) changed = changed.withClipping(new Clipping.ByValue(clipValue));
        if (average != null) changed = changed.withAveraging(new Averaging.Exponential(average));
        if (freeze.isEmpty() && layerRates.isEmpty()) return changed;
        List<LayerRate> rates = new ArrayList<>();
        freeze.forEach(layer -> rates.add(new LayerRate(layer, 0)));
        layerRates.forEach((layer, factor) -> rates.add(new LayerRate(layer, factor)));
        return changed.withLayerRates(new LayerRates(rates));
    }
}
