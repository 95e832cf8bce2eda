package io.fovea.batch;

import io.fovea.problem.Problem;
import java.util.Locale;

/** The range in which a setting of an {@link Augmentation} must lie. */
final class AugmentationRange {

    private AugmentationRange() {}

    /** Throws a problem naming the setting, and what it may be, unless the value is least … most. */
    static void check(String name, double value, double least, double most) {
        if (value >= least && value <= most) return;
        String range = String.format(Locale.ROOT, "%s to %s", number(least), number(most));
        throw new Problem(
                "Augmentation \"" + name + "\" must be " + range + ", not " + number(value) + ".",
                "augmentation, " + name,
                "choose a value from " + range);
    }

    /** Returns whole numbers without a fraction. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
