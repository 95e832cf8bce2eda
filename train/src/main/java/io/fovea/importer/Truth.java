package io.fovea.importer;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an import looks for beside the pictures, and how it reads it.
 *
 * <p>Not a {@link io.fovea.task.Task}: class names and places are known only when the truth has been found, and then the dataset tells its task.
 * Nor has each task a truth of its own: pictures with any of these can be reconstructed.
 */
public sealed interface Truth {

    /** Returns the values of masks, beside 255, that say nothing is known. */
    default Set<Integer> ignoredValues() {
        return Set.of();
    }

    /** Numbers if the names of all pictures state a point ({@code xy_X_Y_id.jpg}), classes otherwise. */
    record Detected() implements Truth {}

    /** A class for each picture. */
    record Classes() implements Truth {}

    /**
     * A mask for each picture: a class for every pixel.
     *
     * @param ignoredValues values of masks that say nothing is known, beside 255
     */
    record Masks(Set<Integer> ignoredValues) implements Truth {

        /** Copies the values. */
        public Masks {
            ignoredValues = Set.copyOf(ignoredValues);
        }

        /** In which only 255 says that nothing is known. */
        public Masks() {
            this(Set.of());
        }
    }

    /**
     * T numbers for each picture, from its name ({@code xy_X_Y_id.jpg}) or from the columns of a CSV.
     *
     * @param targets the names of the wanted columns, in this order; all of them if empty
     * @param unit    the unit in which the source states places
     */
    record Numbers(List<String> targets, TargetUnit unit) implements Truth {

        /** Copies the names. */
        public Numbers {
            targets = List.copyOf(targets);
            Objects.requireNonNull(unit, "unit");
        }

        /** All columns, and the unit that their numbers speak for. */
        public Numbers() {
            this(List.of(), TargetUnit.AUTO);
        }
    }
}
