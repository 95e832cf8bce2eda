package io.fovea.network;

import java.util.Objects;

/**
 * A layer amid the network whose outputs are trained towards the same targets, so that gradients reach the layers before it sooner.
 * Used in training only.
 *
 * <p>Source: Szegedy et al. 2015, arXiv:1409.4842, section 5.
 *
 * @param node       the layer's name
 * @param lossWeight what its loss is multiplied by before it is added to the network's
 */
public record AuxiliaryOutput(String node, double lossWeight) {

    /** Checks. */
    public AuxiliaryOutput {
        Objects.requireNonNull(node, "node");
        if (!(lossWeight > 0) || Double.isInfinite(lossWeight)) {
            throw new IllegalArgumentException("lossWeight must be above 0: " + lossWeight);
        }
    }
}
