package io.fovea.work;

import io.fovea.event.EventListener;
import io.fovea.job.Job;
import io.fovea.progress.Telling;
import io.fovea.result.EvaluateResult;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Workspace;
import java.util.Optional;

/** Judges models without keeping a job of it: for whoever waits for the answer, in a workspace that need not be writable. */
public final class Evaluations {

    private Evaluations() {}

    /**
     * Judges a model on a dataset.
     *
     * @param listener hears how far it is
     * @throws io.fovea.problem.Problem if model and dataset are not there or do not fit one another
     */
    public static EvaluateResult of(Job.Evaluate job, Workspace workspace, EventListener listener) {
        StopSignal stop = new StopSignal();
        Telling telling = new Telling(Optional.empty(), listener, stop);
        try (EvaluateWork work = new EvaluateWork(job, workspace)) {
            work.notes().forEach(telling::note);
            return work.judged(telling, job.output());
        }
    }
}
