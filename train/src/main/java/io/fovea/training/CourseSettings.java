package io.fovea.training;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How long a run goes on, and what it leaves on the way.
 *
 * @param epochs        passes over the training pictures
 * @param earlyStopping after how many epochs without a better validation loss to stop; empty for never
 * @param snapshots     when weights are written that later ones do not replace
 */
public record CourseSettings(int epochs, OptionalInt earlyStopping, Snapshots snapshots) {

    /** Checks ranges. */
    public CourseSettings {
        if (epochs < 1) throw new IllegalArgumentException("epochs must be at least 1: " + epochs);
        if (earlyStopping.isPresent() && earlyStopping.getAsInt() < 1) {
            throw new IllegalArgumentException("earlyStopping must be at least 1 epoch: " + earlyStopping.getAsInt());
        }
        Objects.requireNonNull(snapshots, "snapshots");
    }
}
