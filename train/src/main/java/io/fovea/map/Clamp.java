package io.fovea.map;

/** What follows the sums of a layer in the same pass over memory: values below {@code floor} or above {@code ceiling} are cut. */
public record Clamp(float floor, float ceiling) {

    /** Leaves all values. */
    public static final Clamp NONE = new Clamp(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /** max(0, x). */
    public static final Clamp RELU = new Clamp(0, Float.POSITIVE_INFINITY);

    /** min(max(0, x), 6). */
    public static final Clamp RELU6 = new Clamp(0, 6);
}
