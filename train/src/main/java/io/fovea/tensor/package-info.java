/**
 * The one door to libtorch and OpenBLAS: native settings, the processor's abilities, dense linear algebra.
 *
 * <p>Main types: {@link io.fovea.tensor.Libtorch} (loaded and configured once), {@link io.fovea.tensor.Precision},
 * {@link io.fovea.tensor.OneDnn} (whether its convolutions are right here), {@link io.fovea.tensor.LinearAlgebra} (LAPACK's factorisations).
 *
 * <p>Invariant: no other room touches a native setting.
 */
package io.fovea.tensor;
