package io.fovea.lab;

import io.fovea.choice.TaskWord;
import io.fovea.dataset.Dataset;
import io.fovea.job.Job;
import io.fovea.result.TrainResult;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.List;
import java.util.Optional;

/** What the labs that train in epochs do alike: a job with settings of their own. */
final class NetworkTraining {

    private final JobRunner jobs;

    NetworkTraining(Site site) {
        jobs = site.jobs();
    }

    /**
     * Trains a network of the catalogue, or goes on with it; empty if it was stopped.
     *
     * @param model the name of the model that comes out
     */
    Optional<TrainResult> run(String model, Dataset dataset, String network, TrainingSettings settings) {
        return run(model, dataset, Optional.of(network), Optional.empty(), settings);
    }

    /** Trains new layers that answer with maps on pretrained weights. */
    Optional<TrainResult> onBackbone(String model, Dataset dataset, String weights, TrainingSettings settings) {
        return run(model, dataset, Optional.empty(), Optional.of(weights), settings);
    }

    private Optional<TrainResult> run(
            String model,
            Dataset dataset,
            Optional<String> network,
            Optional<String> weights,
            TrainingSettings settings) {
        boolean reconstruction = TaskWord.RECONSTRUCTION.names(dataset.task());
        Job job = new Job.Train(
                dataset.name(),
                network,
                Optional.of(model),
                reconstruction ? Optional.of(dataset.task().word()) : Optional.empty(),
                weights,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                SettingsYaml.tree(settings),
                List.of(),
                false,
                Optional.empty());
        return jobs.run(job).map(TrainResult.class::cast);
    }
}
