package io.fovea.training;

import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import java.util.Optional;

/**
 * The fewest pictures that a batch in training may hold.
 *
 * <p>A batch norm takes the variance of N·H·W values of each channel, and keeps the unbiased one, Σ (x − mean)² / (N·H·W − 1): of a single value
 * there is none (0/0). So where a batch norm that learns sees maps of 1x1, or what is no map, a batch needs two pictures.
 *
 * @param layer    the first such batch norm
 * @param pictures N at least
 */
record SmallestBatch(Optional<LayerSummary> layer, int pictures) {

    /** Returns it for a network whose layers learn at these rates; frozen batch norms use their running statistics and need no batch. */
    static SmallestBatch of(Network network, LayerRates rates) {
        Optional<LayerSummary> single = Inference.of(network).layers().stream()
                .filter(layer -> layer.layer() instanceof Layer.BatchNorm && !rates.isFrozen(layer.name()))
                .filter(layer -> valuesPerChannel(layer.output()) == 1)
                .findFirst();
        return new SmallestBatch(single, single.isPresent() ? 2 : 1);
    }

    private static long valuesPerChannel(Shape shape) {
        return shape.count() / shape.size(0);
    }
}
