package io.fovea.importer;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a model of the dataset is to learn, and so what an import looks for beside the pictures. */
public sealed interface ImportTask {

    /** Returns the values of masks, beside 255, that say nothing is known. */
    default Set<Integer> ignoredValues() {
        return Set.of();
    }

    /** A regression if the names of all pictures state a point ({@code xy_X_Y_id.jpg}), a classification otherwise. */
    record Detected() implements ImportTask {}

    /** Each picture has a class. */
    record Classification() implements ImportTask {}

    /**
     * Each picture has a mask: a class for every pixel.
     *
     * @param ignoredValues values of masks that say nothing is known, beside 255
     */
    record Segmentation(Set<Integer> ignoredValues) implements ImportTask {

        /** Copies the values. */
        public Segmentation {
            ignoredValues = Set.copyOf(ignoredValues);
        }

        /** In which only 255 says that nothing is known. */
        public Segmentation() {
            this(Set.of());
        }
    }

    /**
     * Each picture has T numbers, from its name ({@code xy_X_Y_id.jpg}) or from the columns of a CSV.
     *
     * @param targets the names of the wanted columns, in this order; all of them if empty
     * @param unit    the unit in which the source states places
     */
    record Regression(List<String> targets, TargetUnit unit) implements ImportTask {

        /** Copies the names. */
        public Regression {
            targets = List.copyOf(targets);
            Objects.requireNonNull(unit, "unit");
        }

        /** All columns, and the unit that their numbers speak for. */
        public Regression() {
            this(List.of(), TargetUnit.AUTO);
        }
    }
}
