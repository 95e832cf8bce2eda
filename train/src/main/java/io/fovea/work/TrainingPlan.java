package io.fovea.work;

import io.fovea.dataset.Dataset;
import io.fovea.export.WeightsEntry;
import io.fovea.network.Network;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import java.util.function.Function;

/**
 * What a run is to do.
 *
 * @param model    the name of the model that comes out
 * @param dataset  what is learned
 * @param network  what learns
 * @param settings all that was chosen
 * @param start    the first weights
 * @param startOfFold the first weights for a part of the dataset, found on its training pictures alone
 * @param weights  whether the model file holds its weights as safetensors too
 */
record TrainingPlan(
        String model,
        Dataset dataset,
        Network network,
        TrainingSettings settings,
        TrainingStart start,
        Function<Dataset, TrainingStart> startOfFold,
        WeightsEntry weights) {

    /** With weights in the model's network alone. */
    TrainingPlan(
            String model,
            Dataset dataset,
            Network network,
            TrainingSettings settings,
            TrainingStart start,
            Function<Dataset, TrainingStart> startOfFold) {
        this(model, dataset, network, settings, start, startOfFold, WeightsEntry.LEFT_OUT);
    }

    /** From drawn weights. */
    TrainingPlan(String model, Dataset dataset, Network network, TrainingSettings settings) {
        this(model, dataset, network, settings, TrainingStart.NONE, _ -> TrainingStart.NONE);
    }
}
