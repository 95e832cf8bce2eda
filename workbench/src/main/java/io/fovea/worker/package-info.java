/**
 * Processes that are kept warm and answer one question at a time, so that whatever a question does in native code touches that answer only.
 *
 * <p>Main types: {@link io.fovea.worker.Workers} (the server's side: a bounded number of processes), {@link io.fovea.worker.WorkerProcess} (the
 * process's side), {@link io.fovea.worker.Question} and {@link io.fovea.worker.Answer} (what goes between).
 *
 * <p>Flow: a question waits for a process that is free, preferably one that was asked about the same subject → a {@link io.fovea.worker.Frame} on its
 * standard input → a frame back on a stream of its own. A process that ends in the middle, or takes longer than it may, fails that answer; another
 * one is started ahead.
 *
 * <p>Invariant: a process ends when its input ends, so none is left when the server is closed or killed.
 */
package io.fovea.worker;
