package io.fovea.training;

import io.fovea.event.TrainingEvent;

/** Hears what happens in a run; called in the thread that trains, so be quick. */
@FunctionalInterface
public interface TrainingListener {

    /** Hears one event. */
    void on(TrainingEvent event);
}
