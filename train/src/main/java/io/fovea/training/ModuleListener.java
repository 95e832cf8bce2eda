package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.module.TrainableModule;

/** Hears what happens in a run and may look at the module at that moment; called in the thread that trains. */
interface ModuleListener extends AutoCloseable {

    /**
     * Hears one event, before the run goes on.
     *
     * @param module to be read, and left as it is
     */
    void on(TrainingEvent event, TrainableModule module);

    @Override
    default void close() {}
}
