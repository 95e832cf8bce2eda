/**
 * What a machine has of all that Fovea needs or profits from, and what to do about what is missing.
 * <p>Main types: {@link io.fovea.machine.Examination}, {@link io.fovea.machine.Finding}.
 */
package io.fovea.machine;
