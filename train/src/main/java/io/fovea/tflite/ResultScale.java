package io.fovea.tflite;

/**
 * How a layer's results become whole numbers of 0 to 255: q = clamp(round(x / scale) + zeroPoint, 0, 255); x ≈ scale · (q − zeroPoint). In a file
 * they are written as −128 to 127, with a zero point smaller by 128, which means the same.
 *
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, equation 1.
 *
 * @param scale     above 0
 * @param zeroPoint what zero becomes, 0 to 255
 */
public record ResultScale(float scale, int zeroPoint) {

    private static final int LARGEST = 255;

    /** Checks. */
    public ResultScale {
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY))
            throw new IllegalArgumentException("scale must be above 0 and finite: " + scale);
        if (zeroPoint < 0 || zeroPoint > LARGEST)
            throw new IllegalArgumentException("zeroPoint must be within 0 and " + LARGEST + ": " + zeroPoint);
    }
}
