/**
 * How long a model's answers take, and how many come a second: in this process, or from a server.
 *
 * <p>Main types: {@link io.fovea.timing.Durations} (what was measured) and {@link io.fovea.timing.Latency} (what it says),
 * {@link io.fovea.timing.ModelTiming} (a model file by threads and batches, and stage by stage), {@link io.fovea.timing.ServerTiming} (a prediction server
 * under load).
 *
 * <p>Flow: the work is done until it is warm, which is found out by {@link io.fovea.speed.Pace} and told apart; then every single duration is kept, and
 * percentiles are taken of all of them. Machine and load are looked at before anything is done.
 */
package io.fovea.timing;
