package io.fovea.hybrid;

/** Which references the nearest neighbours are searched among. */
public sealed interface ReferenceChoice {

    /** Every training picture. */
    record All() implements ReferenceChoice {}

    /**
     * A few codes for each class.
     *
     * @param perClass how many
     */
    record PerClass(int perClass) implements ReferenceChoice {
        /** Checks. */
        public PerClass {
            if (perClass < 1) throw new IllegalArgumentException("perClass must be at least 1: " + perClass);
        }
    }
}
