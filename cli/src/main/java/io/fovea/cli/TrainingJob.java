package io.fovea.cli;

import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.evaluation.Verdict;
import io.fovea.export.ExportReport;
import io.fovea.export.TrainedModel;
import io.fovea.module.ParameterVector;
import io.fovea.network.Inference;
import io.fovea.training.RunOutput;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingEvent;
import io.fovea.training.TrainingResult;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
     * @param parameters        P
     * @param trainedParameters of these, those that learned
     * @param result            of the training
     * @param split             that the model was judged on
     * @param verdict           on that split
     * @param export            the bundle
     * @param runFolder         the run's files
     * @param trainingSeconds   of this process
     * @param evaluationSeconds judging and writing
     * @param remarks           what was done otherwise than the settings say
     */
    record Done(
            long parameters,
            long trainedParameters,
            TrainingResult result,
            Split split,
            Verdict verdict,
            ExportReport export,
            Path runFolder,
            double trainingSeconds,
            double evaluationSeconds,
            List<String> remarks) {}

    /** Trains as planned; empty if it was stopped after a checkpoint. */
    Optional<Done> run(TrainingPlan plan) {
        checkEnd(plan);
        try (RunChoice choice = RunChoice.choose(workspace, plan)) {
            long start = System.nanoTime();
            TrainingResult result = train(plan, choice.folder());
            if (result.outcome() == TrainingEvent.Outcome.STOPPED) return Optional.empty();
            long trained = System.nanoTime();
            console.progress(String.format(
                    Locale.ROOT,
                    "Judging the model on %,d pictures, then writing it ...",
                    plan.dataset().count(TrainedModel.judgingSplit(plan.dataset()))));
            TrainedModel model = TrainedModel.judge(result, plan.dataset(), plan.settings());
            EvaluationFiles.write(model.verdict(), model::picture, choice.folder());
            ExportReport export =
                    model.export(plan.model(), Version.current(), plan.weights(), workspace.newModel(plan.model()));
            choice.finish(Console.asJson(export.path().toString()));
            long end = System.nanoTime();
            return Optional.of(new Done(
                    Inference.of(plan.network()).parameters(),
                    new ParameterVector(plan.network(), plan.settings().step().layerRates()).trainedCount(),
                    result,
                    model.split(),
                    model.verdict(),
                    export,
                    choice.folder(),
                    (trained - start) / 1e9,
                    (end - trained) / 1e9,
                    Trainer.remarks(choice.folder())));
        }
    }

    /** What the end needs must not be found missing after the training. */
    private void checkEnd(TrainingPlan plan) {
        workspace.model(plan.model());
        workspace.checkWritable();
        TrainedModel.judgingSplit(plan.dataset());
        Trainer.check(plan.dataset(), plan.network(), plan.settings(), plan.start());
    }

    private TrainingResult train(TrainingPlan plan, Path folder) {
        try (Interruption interruption = new Interruption(console)) {
            TrainingResult result = new Trainer(
                            plan.dataset(),
                            plan.network(),
                            plan.settings(),
                            plan.start(),
                            folder,
                            new TrainingConsole(console),
                            interruption.signal())
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
