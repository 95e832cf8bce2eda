/**
 * Every long work as a value that can be written, done by any process, stopped and gone on with.
 *
 * <p>Main types: {@link io.fovea.job.Job} (what is to be done), {@link io.fovea.job.Jobs} (a workspace's jobs: begin, go on, list, stop),
 * {@link io.fovea.result.JobResult} (what came out).
 *
 * <p>Flow: words, a form or a file → {@code Job} → a folder with {@code job.yaml} and a lock → the work, looked at before it is begun → events to
 * {@code events.jsonl} and whoever listens → {@code result.json}.
 *
 * <p>Invariant: a job's state is seen from its folder and its lock, never stored, so that a killed process is seen as what it is.
 */
package io.fovea.job;
