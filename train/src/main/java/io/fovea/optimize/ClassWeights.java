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
     * Half way between both: weight = √(N / (K · N<sub>k</sub>)), and 0 for a class without pictures. Where classes differ a hundredfold, as in
     * pixels of a street, balanced ones would be drowned by the rarest.
     *
     * <p>Source: Mahajan et al. 2018, arXiv:1805.00932, section 2.2 (square root of frequencies).
     */
    record Softened() implements ClassWeights {}

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

    /** Returns these weights with numbers in the place of words: {@code counts} are the training pictures, or pixels, of each class, [K]. */
    default ClassWeights counted(int[] counts) {
        return switch (this) {
            case Equal _, Given _ -> this;
            case Balanced _ -> byCounts(counts, 1);
            case Softened _ -> byCounts(counts, 0.5);
        };
    }

    private static Given byCounts(int[] counts, double power) {
        long total = 0;
        for (int count : counts) total += count;
        List<Double> weights = new ArrayList<>();
        for (int count : counts) {
            double balanced = count == 0 ? 0 : (double) total / ((double) counts.length * count);
            weights.add(power == 1 ? balanced : Math.pow(balanced, power));
        }
        return new Given(weights);
    }
}
