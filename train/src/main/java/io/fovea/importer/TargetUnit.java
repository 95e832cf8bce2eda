package io.fovea.importer;

/** The unit in which a source states places in its pictures; plain values have none. */
public enum TargetUnit {
    /** {@link #RELATIVE} if all places of all sources lie within −1 … 1 and at least two are no whole numbers, else {@link #PIXELS}. */
    AUTO,
    /** Pixels of the picture as it is shown (turned upright) before it is resized, from its left and upper edge. */
    PIXELS,
    /** From −1 at the left or upper edge to 1 at the right or lower one. */
    RELATIVE,
    /** From 0 at the left or upper edge to 100 at the right or lower one, as JetBot's first notebooks named their pictures. */
    PERCENT;

    /** Returns a place in pixels, along a side of {@code size} pixels. */
    double pixels(double place, int size) {
        return switch (this) {
            case AUTO -> throw new IllegalStateException("The unit must be settled first");
            case PIXELS -> place;
            case RELATIVE -> (place + 1) / 2 * size;
            case PERCENT -> place / 100 * size;
        };
    }
}
