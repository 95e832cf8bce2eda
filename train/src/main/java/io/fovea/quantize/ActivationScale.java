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

    /**
     * Returns the scale whose whole numbers reach all of a range, both ends and zero.
     *
     * <p>Zero being a whole number, one end may lie between two: the scale grows until both are reached. Else pictures of −1 to 1, whose 256 values
     * are half a step from zero and a step apart, would all lie between two whole numbers, and every two of them would become one.
     */
    static ActivationScale of(Range range) {
        float step = (float) ((range.high() - range.low()) / LARGEST);
        if (!(step >= Float.MIN_NORMAL)) return new ActivationScale(1, 0);
        double zero = -range.low() / step;
        int nearest = (int) Math.clamp(Math.rint(zero), 0, LARGEST);
        if (nearest == 0 || nearest == LARGEST) return new ActivationScale(step, nearest);
        ActivationScale first = reaching(range, (int) Math.max(1, Math.floor(zero)));
        ActivationScale second = reaching(range, (int) Math.min(LARGEST - 1, Math.ceil(zero)));
        return first.scale() < second.scale() ? first : second;
    }

    private static ActivationScale reaching(Range range, int zeroPoint) {
        double step = Math.max(-range.low() / zeroPoint, range.high() / (LARGEST - zeroPoint));
        return new ActivationScale((float) step, zeroPoint);
    }

    /** Returns the largest value that its whole numbers reach. */
    float high() {
        return (LARGEST - zeroPoint) * scale;
    }

    /** Returns what is left of a value. */
    float rounded(float value) {
        // a product with the inverse could round otherwise than the engine's quotient
        double q = Math.clamp(Math.rint(value / scale) + zeroPoint, 0, LARGEST);
        return (float) ((q - zeroPoint) * scale);
    }
}
