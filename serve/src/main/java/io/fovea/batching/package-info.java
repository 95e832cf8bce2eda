/**
 * Questions of many callers, answered several at once: a bounded queue for one model.
 *
 * <p>Main types: {@link io.fovea.batching.BatchQueue} (the queue and its workers), {@link io.fovea.batching.Rejection} (why there is no answer).
 *
 * <p>Flow: a caller takes a place, or is refused at once; gets its question ready; asks, and waits. A worker takes what waits, as many
 * pictures as a batch holds, and never waits for more: batches form while workers are busy.
 *
 * <p>Invariant: no more pictures are under way than there are places. Whoever took a place is answered, unless its deadline passes, it goes
 * away, or the model fails.
 */
package io.fovea.batching;
