package io.fovea.network;

import java.util.List;
import java.util.Objects;

/**
 * One layer with everything that follows from where it stands.
 *
 * @param name       the node's name
 * @param layer      what it computes
 * @param inputs     the shapes it reads, in the order of the node's inputs
 * @param output     the shape it gives
 * @param parameters trained numbers; buffers such as running means do not count
 * @param macs       multiply-accumulates for one picture, those of convolutions, dense layers and nearest neighbours; all else counts
 *                   as 0
 */
public record LayerSummary(String name, Layer layer, List<Shape> inputs, Shape output, long parameters, long macs) {

    /** Checks and copies. */
    public LayerSummary {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(layer, "layer");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(output, "output");
    }
}
