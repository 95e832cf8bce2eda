package io.fovea.predict;

import io.fovea.image.Axis;

/**
 * A number that a model read from a picture.
 *
 * @param name  of the target
 * @param axis  the side of the picture that it is a place along, or none
 * @param value a place in pixels of the given picture from its left or upper edge, or the plain value
 */
public record RegressedValue(String name, Axis axis, double value) {}
