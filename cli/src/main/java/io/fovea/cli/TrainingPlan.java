package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.network.Network;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;

/**
 * What a run is to do.
 *
 * @param model    the name of the model that comes out
 * @param dataset  what is learned
 * @param network  what learns
 * @param settings all that was chosen
 * @param start    the first weights
 */
record TrainingPlan(String model, Dataset dataset, Network network, TrainingSettings settings, TrainingStart start) {

    /** From drawn weights. */
    TrainingPlan(String model, Dataset dataset, Network network, TrainingSettings settings) {
        this(model, dataset, network, settings, TrainingStart.NONE);
    }
}
