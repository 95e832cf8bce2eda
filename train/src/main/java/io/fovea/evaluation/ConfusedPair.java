package io.fovea.evaluation;

/**
 * A class that is taken for another.
 *
 * @param label     the true class index
 * @param predicted the predicted class index, another one
 * @param count     how often
 */
public record ConfusedPair(int label, int predicted, long count) {}
