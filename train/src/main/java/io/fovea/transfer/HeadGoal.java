package io.fovea.transfer;

import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a head on features is to make small: the cross-entropy of labels, or the mean squared error of numbers, which knows neither smoothing
 * nor classes.
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

    /** Returns the loss of targets. */
    Loss loss(Targets targets) {
        return switch (targets) {
            case Targets.Labels _, Targets.MixedLabels _, Targets.Masks _ ->
                new Loss.CrossEntropy(
                        smoothing,
                        classWeights.isEmpty() ? new ClassWeights.Equal() : new ClassWeights.Given(classWeights));
            case Targets.Values _ -> new Loss.MeanSquaredError();
        };
    }
}
