/**
 * Which job is done when, one at a time, in processes of their own that outlive the server.
 *
 * <p>Main types: {@link io.fovea.queue.JobQueue} (what waits and what runs), {@link io.fovea.queue.Program} (the words that start Fovea).
 *
 * <p>Flow: a job is begun, which finds what is wrong with it, and waits → its turn → {@code fovea job run NAME} in a process → its folder says how it
 * stands.
 *
 * <p>Invariant: what waits stands in a file of the workspace; a server that was killed goes on with it.
 */
package io.fovea.queue;
