/**
 * The events of a run while they are told: a log that grows is followed, and nothing is lost or told twice.
 *
 * <p>Main types: {@link io.fovea.stream.EventTail} (the complete lines that were added), {@link io.fovea.stream.EventStream} (the same as server-sent
 * events).
 *
 * <p>Invariant: an event's number is its id, so whoever names the last one seen goes on right after it.
 */
package io.fovea.stream;
