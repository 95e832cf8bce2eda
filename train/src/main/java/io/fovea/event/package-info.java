/**
 * What happens in a run, event by event: told to whoever listens, and kept in {@code events.jsonl}.
 *
 * <p>Main types: {@link io.fovea.event.Event} (what happened: {@link io.fovea.event.TrainingEvent} in the training of a network,
 * {@link io.fovea.event.JobEvent} around it), {@link io.fovea.event.EventLog} (the file).
 *
 * <p>Invariant: a log only grows. Numbers rise, none is used twice, and nothing that a reader has seen is changed.
 */
package io.fovea.event;
