/**
 * The one door to the machine: libtorch's native settings, the processor's abilities, threads.
 *
 * <p>Main types: {@link io.fovea.tensor.Libtorch} (loaded and configured once), {@link io.fovea.tensor.Precision},
 * {@link io.fovea.tensor.Workers} (the threads that compute), {@link io.fovea.tensor.LinearAlgebra} (LAPACK's factorisations).
 *
 * <p>Invariant: no other room touches a native setting.
 */
package io.fovea.tensor;
