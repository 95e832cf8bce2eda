/**
 * The loop: settings, events, checkpoints, stopping, exact resume.
 *
 * <p>Main types: {@link io.fovea.training.Trainer} (the loop), {@link io.fovea.training.TrainingSettings} (all that was chosen),
 * {@link io.fovea.event.TrainingEvent} (all that happened), {@link io.fovea.training.Checkpoint} (all that is needed to go on).
 *
 * <p>Flow: dataset + network + settings → steps → events to listeners and {@code events.jsonl}, checkpoints to the run's folder →
 * {@link io.fovea.training.TrainingResult}.
 *
 * <p>Invariant: equal data, settings, seed and threads give equal weights, bit for bit, whether the run was interrupted or not.
 */
package io.fovea.training;
