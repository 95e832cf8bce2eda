/**
 * The one door to libtorch and OpenBLAS: native settings, the processor's abilities, dense linear algebra, processes
 * that train together.
 *
 * <p>Main types: {@link io.fovea.tensor.Libtorch} (loaded and configured once), {@link io.fovea.tensor.Precision},
 * {@link io.fovea.tensor.OneDnn} (whether its convolutions are right here), {@link io.fovea.tensor.LinearAlgebra} (LAPACK's factorisations),
 * {@link io.fovea.tensor.Ranks} (processes that sum what each holds), {@link io.fovea.tensor.Rendezvous} (where they meet).
 *
 * <p>Invariant: no other room touches a native setting.
 */
package io.fovea.tensor;
