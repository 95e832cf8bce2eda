package io.fovea.cli;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Proportion;
import io.fovea.export.ExportReport;
import io.fovea.export.TrainedModel;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.training.RunOutput;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingEvent;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What "train" and the labs do alike: choose the run, train, judge, write the model. */
final class TrainingJob {

    private final Console console;
    private final Workspace workspace;
    private final Set<RunOutput> outputs;

    TrainingJob(Console console, Workspace workspace) {
        this(console, workspace, Set.of());
    }

    TrainingJob(Console console, Workspace workspace, Set<RunOutput> outputs) {
        this.console = console;
        this.workspace = workspace;
        this.outputs = outputs;
    }

    /**
     * What came out.
     *
     * @param parameters        trained numbers
     * @param result            of the training
     * @param split             that the model was judged on
     * @param accuracy          on that split
     * @param export            the bundle
     * @param runFolder         the run's files
     * @param trainingSeconds   of this process
     * @param evaluationSeconds judging and writing
     */
    record Done(
            long parameters,
            TrainingResult result,
            Split split,
            Proportion accuracy,
            ExportReport export,
            Path runFolder,
            double trainingSeconds,
            double evaluationSeconds) {}

    /** Trains a model of that name; empty if it was stopped after a checkpoint. */
    Optional<Done> run(String modelName, Dataset dataset, Network network, TrainingSettings settings) {
        workspace.model(modelName); // a wrong name must not be found out after the training
        try (RunChoice choice = RunChoice.choose(workspace, modelName, dataset, network, settings)) {
            long start = System.nanoTime();
            TrainingResult result = train(dataset, network, settings, choice.folder());
            if (result.outcome() == TrainingEvent.Outcome.STOPPED) return Optional.empty();
            long trained = System.nanoTime();
            TrainedModel model = TrainedModel.judge(result, dataset, settings);
            EvaluationFiles.write(model.evaluation(), choice.folder());
            ExportReport export = model.export(modelName, Version.current(), workspace.newModel(modelName));
            choice.finish(Console.asJson(export.path().toString()));
            long end = System.nanoTime();
            return Optional.of(new Done(
                    Inference.of(network).parameters(),
                    result,
                    model.split(),
                    model.evaluation().accuracy(),
                    export,
                    choice.folder(),
                    (trained - start) / 1e9,
                    (end - trained) / 1e9));
        }
    }

    private TrainingResult train(Dataset dataset, Network network, TrainingSettings settings, Path folder) {
        try (Interruption interruption = new Interruption(console)) {
            TrainingResult result = new Trainer(
                            dataset, network, settings, folder, new TrainingConsole(console), interruption.signal())
                    .writing(outputs)
                    .run();
            // said before the process may end
            if (result.outcome() == TrainingEvent.Outcome.STOPPED) {
                console.progress("The same command goes on from here; the run is in " + folder);
            }
            return result;
        }
    }
}
