package io.fovea.optimize;

import java.util.ArrayList;
import java.util.List;

/** How much a picture counts by its class. A loss divides by the sum of the weights, so only their ratios matter. */
public sealed interface ClassWeights {

    /** Every picture counts 1. */
    record Equal() implements ClassWeights {}

    /**
     * Every class has the same share of the loss: weight = N / (K · N<sub>k</sub>), and 0 for a class without pictures.
     *
     * <p>Source: King and Zeng 2001, doi:10.1093/oxfordjournals.pan.a004868, as scikit-learn's "balanced".
     */
    record Balanced() implements ClassWeights {}

    /**
     * A weight for each class.
     *
     * @param weights [K], at least 0, not all 0
     */
    record Given(List<Double> weights) implements ClassWeights {
        /** Checks and copies. */
        public Given {
            weights = List.copyOf(weights);
            for (double weight : weights) {
                if (!(weight >= 0) || Double.isInfinite(weight)) {
                    throw new IllegalArgumentException("A class weight must be at least 0: " + weight);
                }
            }
            if (weights.stream().noneMatch(weight -> weight > 0)) {
                throw new IllegalArgumentException("One class weight at least must be above 0: " + weights);
            }
        }
    }

    /** Returns these weights with numbers in the place of "balanced": {@code counts} are the training pictures of each class, [K]. */
    default ClassWeights counted(int[] counts) {
        if (!(this instanceof Balanced)) return this;
        long total = 0;
        for (int count : counts) total += count;
        List<Double> weights = new ArrayList<>();
        for (int count : counts) weights.add(count == 0 ? 0 : (double) total / ((double) counts.length * count));
        return new Given(weights);
    }
}
