package io.fovea.quantize;

/**
 * How values between layers become whole numbers of 0 to 255: q = clamp(round(x / scale) + zeroPoint, 0, 255), halves to the even neighbour;
 * x ≈ scale · (q − zeroPoint). Files whose bytes have a sign hold q − 128, with a zero point smaller by 128, which means the same.
 *
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877, equation 1; ONNX, QuantizeLinear.
 *
 * @param scale     above 0
 * @param zeroPoint what zero becomes, exactly
 */
public record ActivationScale(float scale, int zeroPoint) {

    /** The largest whole number. */
    static final int LARGEST = 255;

    /** Checks. */
    public ActivationScale {
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY))
            throw new IllegalArgumentException("scale must be above 0 and finite: " + scale);
        if (zeroPoint < 0 || zeroPoint > LARGEST)
            throw new IllegalArgumentException("zeroPoint must be within 0 and 255: " + zeroPoint);
    }

    /** Returns the scale whose whole numbers reach all of a range. */
    static ActivationScale of(Range range) {
        float scale = (float) ((range.high() - range.low()) / LARGEST);
        if (!(scale >= Float.MIN_NORMAL)) return new ActivationScale(1, 0);
        return new ActivationScale(scale, (int) Math.clamp(Math.rint(-range.low() / scale), 0, LARGEST));
    }

    /** Returns what is left of a value. */
    float rounded(float value) {
        // a product with the inverse could round otherwise than the engine's quotient
        double q = Math.clamp(Math.rint(value / scale) + zeroPoint, 0, LARGEST);
        return (float) ((q - zeroPoint) * scale);
    }
}
