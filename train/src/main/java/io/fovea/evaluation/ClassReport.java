package io.fovea.evaluation;

import io.fovea.task.Proportion;

/**
 * How well one class is found.
 *
 * @param name      the class name
 * @param label     the class index
 * @param precision the share of predictions of this class that are right; 0 of 0 if it is never predicted
 * @param recall    the share of this class's pictures that are found; its count is the support
 */
public record ClassReport(String name, int label, Proportion precision, Proportion recall) {

    /** Returns how many pictures truly have this class. */
    public long support() {
        return recall.count();
    }

    /** Returns 2·hits / (predicted + support), the harmonic mean of precision and recall; 0 if there are no hits. */
    public double f1() {
        return recall.hits() == 0 ? 0 : 2.0 * recall.hits() / (precision.count() + recall.count());
    }
}
