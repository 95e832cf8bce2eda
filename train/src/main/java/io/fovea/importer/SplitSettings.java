package io.fovea.importer;

import io.fovea.dataset.Split;
import io.fovea.source.GivenValidation;
import java.util.Objects;
import java.util.Set;

/**
 * How much of the training pictures becomes validation and test, where the sources do not bring these parts themselves.
 *
 * <p>Every class is divided by the same percentages, at random with the import's seed or by name ({@link SplitOrder}). A part that the sources bring
 * (a folder {@code val}, the test files of MNIST) is taken whole, and its percentage is then not used, which the
 * report says if the percentage was asked for.
 *
 * @param validationPercent share of each class for {@link Split#VALIDATION}, 0 … 100
 * @param testPercent       share of each class for {@link Split#TEST}, 0 … 100; both together below 100
 * @param givenValidation   what a part for validation that the sources bring becomes
 * @param asked             the parts whose percentages somebody chose; those of others are only the usual ones
 * @param order             which pictures are taken
 */
public record SplitSettings(
        double validationPercent,
        double testPercent,
        GivenValidation givenValidation,
        Set<Split> asked,
        SplitOrder order) {

    /** A quarter for validation, nothing for the test. */
    public static final SplitSettings DEFAULT = new SplitSettings(25, 0, GivenValidation.AS_VALIDATION, Set.of());

    /** Checks that something is left for training. */
    public SplitSettings {
        Objects.requireNonNull(givenValidation, "givenValidation");
        Objects.requireNonNull(order, "order");
        asked = Set.copyOf(asked);
        if (!(validationPercent >= 0 && testPercent >= 0 && validationPercent + testPercent < 100)) {
            throw new IllegalArgumentException(
                    "validationPercent and testPercent must be at least 0 and together below 100, not "
                            + validationPercent + " and " + testPercent);
        }
    }

    /** At random. */
    public SplitSettings(
            double validationPercent, double testPercent, GivenValidation givenValidation, Set<Split> asked) {
        this(validationPercent, testPercent, givenValidation, asked, SplitOrder.RANDOM);
    }

    /** With percentages that were chosen. */
    public SplitSettings(double validationPercent, double testPercent, GivenValidation givenValidation) {
        this(validationPercent, testPercent, givenValidation, Set.of(Split.VALIDATION, Split.TEST));
    }

    /** Takes parts as the sources call them. */
    public SplitSettings(double validationPercent, double testPercent) {
        this(validationPercent, testPercent, GivenValidation.AS_VALIDATION);
    }

    /** Returns these settings with another order. */
    public SplitSettings withOrder(SplitOrder other) {
        return new SplitSettings(validationPercent, testPercent, givenValidation, asked, other);
    }
}
