/**
 * How wrong an output is, and how the weights change for the better.
 *
 * <p>Main types: {@link io.fovea.optimize.Loss}, {@link io.fovea.optimize.Optimizer} (settings) and
 * {@link io.fovea.optimize.Optimization} (the running state), {@link io.fovea.optimize.LearningRateSchedule}.
 *
 * <p>Flow: logits [N, K] and labels → loss and its gradient → a module's backward pass → flat gradients [P] → one step on the
 * flat parameters [P].
 *
 * <p>Invariant: everything here is arithmetic on plain arrays; no engine is needed, and equal input gives equal bits.
 */
package io.fovea.optimize;
