package io.fovea.lab;

import io.fovea.job.Job;
import io.fovea.result.JobResult;
import java.util.Optional;

/** Does the jobs of a lab: where they are shown and how they are stopped is the door's. */
@FunctionalInterface
public interface JobRunner {

    /** Does a job, or goes on with it; empty if it was stopped. */
    Optional<JobResult> run(Job job);
}
