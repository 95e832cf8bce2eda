package io.fovea.shrink;

import io.fovea.quantize.CalibrationPictures;
import io.fovea.quantize.WeightRange;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be chosen of a model in whole numbers.
 *
 * @param pictures    how many of the dataset's training part show which values occur, at least {@link CalibrationPictures#LEAST}
 * @param weightRange how far weights reach
 * @param bound       how far answers may be from those before, as {@link io.fovea.quantize.OutputDifference} has it; empty: as usual
 * @param slower      what becomes of a model that is hardly faster here
 */
public record Int8Settings(int pictures, WeightRange weightRange, Optional<Double> bound, Slower slower) {

    /** As many as tell the ranges of photographs; further ones hardly move them. */
    public static final int USUAL_PICTURES = 128;

    /** What becomes of a model that is hardly faster on this machine. */
    public enum Slower {
        /** It is not written. */
        REFUSED,
        /** It is, for another machine. */
        KEPT
    }

    /** Returns what is usual where a model is made for any processor, and is kept however fast it is here. */
    static Int8Settings kept(WeightRange weightRange) {
        return new Int8Settings(USUAL_PICTURES, weightRange, Optional.empty(), Slower.KEPT);
    }

    /** Checks. */
    public Int8Settings {
        Objects.requireNonNull(weightRange, "weightRange");
        Objects.requireNonNull(slower, "slower");
        if (pictures < CalibrationPictures.LEAST)
            throw new IllegalArgumentException(
                    "pictures must be at least " + CalibrationPictures.LEAST + ", not " + pictures);
        bound.ifPresent(value -> {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("bound must be above 0, not " + value);
        });
    }
}
