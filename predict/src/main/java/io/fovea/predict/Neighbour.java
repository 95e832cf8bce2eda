package io.fovea.predict;

import java.util.Objects;

/**
 * A reference that a picture was found near to.
 *
 * @param rank      1 for the nearest
 * @param reference its position among the model's references, from 0
 * @param label     its class index
 * @param className its class name
 * @param distance  Euclidean distance between the codes of picture and reference
 * @param source    the name of the reference in its dataset; empty if the model does not say
 */
public record Neighbour(int rank, int reference, int label, String className, double distance, String source) {

    /** Checks that nothing is missing. */
    public Neighbour {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(source, "source");
    }
}
