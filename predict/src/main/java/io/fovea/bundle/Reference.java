package io.fovea.bundle;

import java.util.Objects;

/**
 * One of the pictures that a model compares others with.
 *
 * @param position  its place among the references, from 0
 * @param label     its class index
 * @param className its class name
 * @param source    the name it had in the dataset, for people; of a mean of several pictures that of the nearest
 */
public record Reference(int position, int label, String className, String source) {

    /** Checks that nothing is missing. */
    public Reference {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(source, "source");
        if (position < 0) throw new IllegalArgumentException("position must not be negative: " + position);
        if (label < 0) throw new IllegalArgumentException("label must not be negative: " + label);
    }
}
