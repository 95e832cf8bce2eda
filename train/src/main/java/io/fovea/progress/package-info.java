/**
 * How far a job is, told while it is done.
 *
 * <p>Main type: {@link io.fovea.progress.Telling}, which every part of a job is given.
 */
package io.fovea.progress;
