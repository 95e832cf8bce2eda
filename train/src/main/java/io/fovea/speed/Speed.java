package io.fovea.speed;

import java.util.Locale;
import java.util.Objects;

/**
 * How fast one way of doing a work is.
 *
 * @param way             which, in a word or a few
 * @param imagesPerSecond once it is warm
 * @param warmUpSeconds   lost until then: what the first pictures took, less what they would have taken warm
 */
public record Speed(String way, double imagesPerSecond, double warmUpSeconds) {

    /** Checks ranges. */
    public Speed {
        Objects.requireNonNull(way, "way");
        if (!(imagesPerSecond > 0) || Double.isInfinite(imagesPerSecond))
            throw new IllegalArgumentException("imagesPerSecond must be above 0: " + imagesPerSecond);
        if (!(warmUpSeconds >= 0) || Double.isInfinite(warmUpSeconds))
            throw new IllegalArgumentException("warmUpSeconds must be 0 or more: " + warmUpSeconds);
    }

    /** Returns how long so many pictures take from a cold start: warm-up + pictures / images per second. */
    public double seconds(long pictures) {
        return warmUpSeconds + pictures / imagesPerSecond;
    }

    /** Returns it beside another way in words, such as "5,710 images/s, beside 5,165 by the vector kernels". */
    public String beside(Speed other) {
        return String.format(
                Locale.ROOT, "%,.0f images/s, beside %,.0f by %s", imagesPerSecond, other.imagesPerSecond, other.way);
    }
}
