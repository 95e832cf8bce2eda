package io.fovea.image;

/**
 * Where the points of a picture come to lie when it is resized: x′ = x · scaleX + offsetX, y′ likewise.
 *
 * <p>Coordinates run along pixel edges: a picture W wide reaches from 0 to W, and the middle of its first pixel is at ½.
 *
 * @param scaleX  above 0
 * @param scaleY  above 0
 * @param offsetX pixels of the resized picture
 * @param offsetY pixels of the resized picture
 */
public record Placement(double scaleX, double scaleY, double offsetX, double offsetY) {

    /** Checks the ranges. */
    public Placement {
        if (!(scaleX > 0 && scaleY > 0)) {
            throw new IllegalArgumentException("scaleX and scaleY must be above 0: " + scaleX + ", " + scaleY);
        }
    }

    /** Returns where a value along an axis comes to lie; plain values stay as they are. */
    public double resized(Axis axis, double value) {
        return switch (axis) {
            case X -> value * scaleX + offsetX;
            case Y -> value * scaleY + offsetY;
            case NONE -> value;
        };
    }

    /** Returns where a value of the resized picture lay before; the inverse of {@link #resized}. */
    public double original(Axis axis, double value) {
        return switch (axis) {
            case X -> (value - offsetX) / scaleX;
            case Y -> (value - offsetY) / scaleY;
            case NONE -> value;
        };
    }
}
