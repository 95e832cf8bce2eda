package io.fovea.predict;

/**
 * A point that a model found in a picture.
 *
 * @param name of the point, for example {@code nose} for the targets {@code nose_x} and {@code nose_y}
 * @param x    pixels of the given picture from its left edge
 * @param y    pixels of the given picture from its upper edge
 */
public record RegressedPoint(String name, double x, double y) {}
