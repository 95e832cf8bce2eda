/**
 * Jobs done: looked at, begun in a folder of their own, stopped, gone on with.
 *
 * <p>Main types: {@link io.fovea.work.Jobs} (a workspace's jobs: begin, go on, list, stop), {@code Work} (a job that has been looked at; a class for
 * each kind), {@link io.fovea.result.JobResult} (what came out).
 *
 * <p>Flow: {@code Job} → a folder with {@code job.yaml} and a lock → the work, looked at before it is begun → events to {@code events.jsonl} and whoever
 * listens → {@code result.json}.
 *
 * <p>Invariant: a job's state is seen from its folder and its lock, never stored, so that a killed process is seen as what it is.
 */
package io.fovea.work;
