/**
 * What came out of a job: figures and files for programs, and the same in words for people.
 *
 * <p>Main types: {@link io.fovea.result.JobResult} (one record for each kind of job), {@link io.fovea.result.EventWords} (events as lines),
 * {@link io.fovea.result.VerdictWords} (how good a model is).
 *
 * <p>Invariant: what a terminal prints with {@code --json}, what {@code result.json} holds and what a page gets is the same.
 */
package io.fovea.result;
