package io.fovea.bundle;

/** What a model answers. */
public enum Task {
    /** One of K classes: ranked classes with probabilities. */
    CLASSIFICATION,
    /** T numbers, among them places in the picture. */
    REGRESSION
}
