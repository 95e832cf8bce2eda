/**
 * The threads that compute.
 *
 * <p>Main type: {@link io.fovea.thread.Workers}, made once for a piece of work and handed to all that computes in it.
 */
package io.fovea.thread;
