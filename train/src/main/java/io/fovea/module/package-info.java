/**
 * Network and weights become a computation that predicts and learns.
 *
 * <p>Main types: {@link io.fovea.module.TrainableModule} (the one face), {@link io.fovea.module.TorchModule} (every layer, by
 * libtorch), {@link io.fovea.module.VectorModule} (small networks, by the kernels of room {@code kernel}),
 * {@link io.fovea.module.Modules} (which of the two); {@link io.fovea.module.VectorPredictor} (prediction alone, faster).
 *
 * <p>Flow of a step: batch and {@link io.fovea.module.Objective} → forward → judged where the outputs lie → backward → the
 * {@link io.fovea.optimize.Update} → {@link io.fovea.module.BatchTally}. Nothing of it leaves the module but the tally; all that is
 * needed to go on comes out as a {@link io.fovea.module.Snapshot}.
 */
package io.fovea.module;
