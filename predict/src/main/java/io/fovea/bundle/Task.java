package io.fovea.bundle;

/** What a model answers. A later format adds regression. */
public enum Task {
    /** One of K classes: ranked classes with probabilities. */
    CLASSIFICATION
}
