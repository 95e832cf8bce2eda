/**
 * How fast this machine does what can be done in several ways, measured where the work is done and remembered from run to run.
 *
 * <p>Main types: {@link io.fovea.speed.Pace}, {@link io.fovea.speed.Contest}, {@link io.fovea.speed.SpeedRecords}.
 */
package io.fovea.speed;
