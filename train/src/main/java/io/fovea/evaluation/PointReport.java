package io.fovea.evaluation;

/**
 * How well one point is met.
 *
 * @param name       of the point
 * @param meanError  mean Euclidean distance from the true point, in pixels of the prepared picture
 * @param guessError the mean distance of always guessing the same point
 */
public record PointReport(String name, Estimate meanError, double guessError) {}
