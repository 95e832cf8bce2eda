package io.fovea.export;

/** How far a vector lies from those of the training pictures. Immutable. */
sealed interface FamiliarityDistance permits FeatureDistance, StatisticsDistance {

    /** Returns the distances [N] of N vectors. */
    double[] of(FeatureVectors vectors);

    /** Returns this distance in another unit, so that {@code unit} becomes 1. */
    FamiliarityDistance in(double unit);

    /** Returns the bytes that its numbers take in a file. */
    long sizeInBytes();
}
