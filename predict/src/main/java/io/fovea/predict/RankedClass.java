package io.fovea.predict;

/**
 * A class with the probability the model gives it.
 *
 * @param name        the class name
 * @param label       the class index
 * @param probability 0 to 1
 */
public record RankedClass(String name, int label, float probability) {}
