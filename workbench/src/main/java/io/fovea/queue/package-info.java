/**
 * Which job is done when, one at a time of those that learn, of those that import and of those that answer, in processes of their own that outlive the
 * server.
 *
 * <p>Main types: {@link io.fovea.queue.JobQueue} (what waits and what runs), {@link io.fovea.queue.Lane} (what is done beside what),
 * {@link io.fovea.queue.Program} (the words that start Fovea).
 *
 * <p>Flow: a job is begun, which finds what is wrong with it, and waits → its turn in its lane → {@code fovea job run NAME} in a process → its folder says how it
 * stands.
 *
 * <p>Invariant: what waits stands in a file of the workspace; a server that was killed goes on with it.
 */
package io.fovea.queue;
