package io.fovea.quantize;

/**
 * The values that whole numbers reach; what lies beyond becomes the nearest end.
 *
 * @param low  at most 0
 * @param high at least 0
 */
record Range(double low, double high) {

    /** Checks that zero is within. */
    Range {
        if (!(low <= 0 && high >= 0 && high - low < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("A range must be finite and hold zero: " + low + " … " + high);
    }

    /** Returns the part of this range within ±bound. */
    Range within(double bound) {
        return new Range(Math.max(low, -bound), Math.min(high, bound));
    }

    /** Returns the larger distance of an end from zero. */
    double reach() {
        return Math.max(-low, high);
    }
}
