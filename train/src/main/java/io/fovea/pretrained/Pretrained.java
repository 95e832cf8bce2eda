package io.fovea.pretrained;

import io.fovea.image.Preprocessing;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Objects;

/**
 * Weights that were trained before, with all that is needed to use them rightly.
 *
 * @param name          in the workspace, for example {@code resnet18-imagenet}
 * @param network       a name of the catalogue
 * @param preprocessing how pictures become the input that the weights were trained with
 * @param outputs       K of the last layer
 * @param classNames    by label; empty where unknown
 * @param source        where the file came from: address or path
 * @param licence       as the source states it; empty where unknown
 * @param sha256        of the file that was imported, lower-case hex
 * @param weights       under the names and in the shapes of the network
 */
public record Pretrained(
        String name,
        String network,
        Preprocessing preprocessing,
        int outputs,
        List<String> classNames,
        String source,
        String licence,
        String sha256,
        Weights weights) {

    /** Checks and copies. */
    public Pretrained {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(weights, "weights");
        classNames = List.copyOf(classNames);
        if (outputs < 1) throw new IllegalArgumentException("outputs must be at least 1: " + outputs);
        if (!classNames.isEmpty() && classNames.size() != outputs) {
            throw new IllegalArgumentException("Expected " + outputs + " class names, found " + classNames.size());
        }
    }
}
