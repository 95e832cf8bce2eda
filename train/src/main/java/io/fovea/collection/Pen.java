package io.fovea.collection;

import java.util.Arrays;

/**
 * Draws smooth strokes with a round tip on a square grey picture, antialiased.
 *
 * <p>A stroke is a Catmull–Rom spline through its points, cut into short segments; a pixel's ink depends on the distance d of its
 * centre to the nearest segment: ink = clamp((radius − d)/softness + ½, 0, 1). Holds scratch memory; not for several threads.
 *
 * <p>Source: Catmull and Rom 1974, "A class of local interpolating splines", doi:10.1016/B978-0-12-079050-0.50020-5.
 */
final class Pen {

    private static final int SEGMENTS = 8;

    private final int side;
    private final double radius;
    private final double softness;
    private final double[] distances;

    /** A pen of {@code radius} pixels whose edge fades over {@code softness} pixels, above an empty sheet [side, side]. */
    Pen(int side, double radius, double softness) {
        this.side = side;
        this.radius = radius;
        this.softness = softness;
        this.distances = new double[side * side];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
    }

    /** Draws a stroke through the points [x0, y0, x1, y1, …], in pixels; at least two points. */
    void draw(double[] points) {
        int last = points.length / 2 - 1;
        double fromX = points[0];
        double fromY = points[1];
        for (int span = 0; span < last; span++) {
            for (int step = 1; step <= SEGMENTS; step++) {
                double t = (double) step / SEGMENTS;
                double toX = spline(points, 0, span, last, t);
                double toY = spline(points, 1, span, last, t);
                drawSegment(fromX, fromY, toX, toY);
                fromX = toX;
                fromY = toY;
            }
        }
    }

    /** The coordinate at t in 0 … 1 between points {@code span} and {@code span} + 1; end points count twice. */
    private static double spline(double[] points, int axis, int span, int last, double t) {
        double a = points[2 * Math.max(span - 1, 0) + axis];
        double b = points[2 * span + axis];
        double c = points[2 * (span + 1) + axis];
        double d = points[2 * Math.min(span + 2, last) + axis];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private void drawSegment(double fromX, double fromY, double toX, double toY) {
        double reach = radius + softness;
        int left = Math.max(0, (int) Math.floor(Math.min(fromX, toX) - reach));
        int right = Math.min(side - 1, (int) Math.ceil(Math.max(fromX, toX) + reach));
        int top = Math.max(0, (int) Math.floor(Math.min(fromY, toY) - reach));
        int bottom = Math.min(side - 1, (int) Math.ceil(Math.max(fromY, toY) + reach));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int pixel = y * side + x;
                distances[pixel] = Math.min(distances[pixel], distance(x, y, fromX, fromY, toX, toY));
            }
        }
    }

    /** The distance of a point from a segment. */
    private static double distance(double x, double y, double fromX, double fromY, double toX, double toY) {
        double alongX = toX - fromX;
        double alongY = toY - fromY;
        double length = alongX * alongX + alongY * alongY;
        double t = length == 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / length;
        double nearest = Math.clamp(t, 0.0, 1.0);
        double awayX = x - fromX - nearest * alongX;
        double awayY = y - fromY - nearest * alongY;
        return Math.sqrt(awayX * awayX + awayY * awayY);
    }

    /** Writes the sheet's side·side bytes, 0 for paper and up to {@code blackness} for ink, from {@code offset}. */
    void copyTo(byte[] target, int offset, double blackness) {
        for (int i = 0; i < distances.length; i++) {
            double ink = Math.clamp((radius - distances[i]) / softness + 0.5, 0.0, 1.0);
            target[offset + i] = (byte) (ink * blackness + 0.5);
        }
    }
}
