package io.fovea.work;

import io.fovea.job.Job;
import io.fovea.workspace.Workspace;

/** Looks at jobs. */
final class Works {

    private Works() {}

    /**
     * Returns the work that a job is.
     *
     * @param jobs does the jobs of a recipe
     * @throws io.fovea.problem.Problem if something that it needs is not there, or it cannot end well
     */
    static Work of(Job job, Workspace workspace, Jobs jobs) {
        return switch (job) {
            case Job.Import wanted -> new ImportWork(wanted, workspace);
            case Job.ImportWeights wanted -> new ImportWeightsWork(wanted, workspace);
            case Job.Train wanted -> new TrainWork(wanted, workspace);
            case Job.Folds wanted -> new FoldsWork(wanted, workspace);
            case Job.LearningRate wanted -> new LearningRateWork(wanted, workspace);
            case Job.Tune wanted -> new TuneWork(wanted, workspace);
            case Job.Hybrid wanted -> new HybridWork(wanted, workspace);
            case Job.AddClass wanted -> new AddClassWork(wanted, workspace);
            case Job.Evaluate wanted -> new EvaluateWork(wanted, workspace);
            case Job.Classify wanted -> new ClassifyWork(wanted, workspace);
            case Job.Export wanted -> new ExportWork(wanted, workspace);
            case Job.ExportModel wanted -> new ExportModelWork(wanted, workspace);
            case Job.ExportCheckpoint wanted -> new ExportCheckpointWork(wanted, workspace);
            case Job.Adopt wanted -> new AdoptWork(wanted, workspace);
            case Job.Int8 wanted -> new Int8Work(wanted, workspace);
            case Job.Ladder wanted -> new LadderWork(wanted, workspace);
            case Job.Recipe wanted -> new RecipeWork(wanted, jobs);
        };
    }
}
