package io.fovea.predict;

/**
 * What the golden pictures showed: every stage gave what the manifest expects.
 *
 * @param pictures         how many were replayed
 * @param maxAbsDifference the largest difference of any output from the trained network's
 */
public record ReplayReport(int pictures, double maxAbsDifference) {}
