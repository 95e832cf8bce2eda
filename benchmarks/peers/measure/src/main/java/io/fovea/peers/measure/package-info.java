/**
 * What every JVM peer shares, so that only the peer itself differs: the digits, the order of their batches, the clock, and the report.
 *
 * <p>Main types: {@link io.fovea.peers.measure.StepTraining} (what a peer implements), {@link io.fovea.peers.measure.Measurement} (runs and times it).
 * <p>Flow: idx files → {@link io.fovea.peers.measure.Digits} in memory → shuffled batch [N, 1, H, W] → one training step → images per second.
 */
package io.fovea.peers.measure;
