/**
 * Every long work as a value: what was chosen, written as YAML and read with checked names.
 *
 * <p>Main types: {@link io.fovea.job.Job} (what is to be done, a record for each kind), {@link io.fovea.job.JobYaml} (as people write it),
 * {@link io.fovea.job.JobPaths} (the files outside of the workspace that it names).
 *
 * <p>Flow: words, a form or a file → {@code Job} → the room {@code work} does it.
 *
 * <p>Invariant: a job says nothing that only the work finds out.
 */
package io.fovea.job;
