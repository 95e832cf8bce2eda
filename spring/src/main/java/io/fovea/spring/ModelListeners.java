package io.fovea.spring;

import io.fovea.predict.PredictionListener;

/** Gives a model what hears of its work; a bean of this type takes the place of the meters. */
@FunctionalInterface
public interface ModelListeners {

    /** Returns the listener of a model. */
    PredictionListener of(String name);
}
