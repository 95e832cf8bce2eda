package io.fovea.evaluation;

/**
 * How well one class is found.
 *
 * @param name      the class name
 * @param label     the class index
 * @param support   how many examples truly have this class
 * @param precision the share of predictions of this class that are right; 0 if it is never predicted
 * @param recall    the share of this class's examples that are found; 0 if there are none
 * @param f1        harmonic mean of both: 2·precision·recall / (precision + recall); 0 if both are 0
 */
public record ClassReport(String name, int label, long support, double precision, double recall, double f1) {}
