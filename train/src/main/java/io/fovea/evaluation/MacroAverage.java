package io.fovea.evaluation;

/**
 * Unweighted means over the classes that have pictures: every class counts alike, however rare.
 *
 * @param precision mean precision; a class that is never predicted counts as 0
 * @param recall    mean recall, also called balanced accuracy
 * @param f1        mean F1
 */
public record MacroAverage(double precision, double recall, double f1) {}
