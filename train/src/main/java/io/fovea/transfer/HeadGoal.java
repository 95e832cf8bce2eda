package io.fovea.transfer;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a head on features is to make small.
 *
 * @param smoothing    share of a target that goes to all classes alike, 0 to below 1
 * @param classWeights [K] how much a picture of each class counts, none negative; empty for all alike
 * @param decay        the pull of its weights to zero, decay/2 · |W|² on standardised features; empty to choose it on pictures that the head was
 *                     not trained on
 */
public record HeadGoal(double smoothing, List<Double> classWeights, OptionalDouble decay) {

    /** All classes alike, the pull chosen. */
    public static final HeadGoal USUAL = new HeadGoal(0, List.of(), OptionalDouble.empty());

    /** Checks and copies. */
    public HeadGoal {
        classWeights = List.copyOf(classWeights);
        if (!(smoothing >= 0 && smoothing < 1))
            throw new IllegalArgumentException("smoothing must be at least 0 and below 1: " + smoothing);
        if (decay.isPresent() && !(decay.getAsDouble() >= 0 && Double.isFinite(decay.getAsDouble())))
            throw new IllegalArgumentException("decay must be at least 0: " + decay.getAsDouble());
    }
}
