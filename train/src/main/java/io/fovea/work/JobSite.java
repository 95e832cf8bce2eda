package io.fovea.work;

import io.fovea.progress.Telling;
import io.fovea.training.StopSignal;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a job is done.
 *
 * @param workspace of datasets, models and weights
 * @param folder    the job's own, for what it leaves beside them
 * @param telling   what happens is told to it
 * @param stop      asks it to end
 * @param machines  others that share in it
 */
record JobSite(Workspace workspace, Path folder, Telling telling, StopSignal stop, Optional<Machines> machines) {}
