/**
 * Network and weights become a computation: forward, backward, flat parameters and gradients.
 *
 * <p>Main types: {@link io.fovea.module.TrainableModule} (the one face), {@link io.fovea.module.TorchModule} (every layer, any
 * device, by libtorch), {@link io.fovea.module.VectorModule} (small networks on the processor, by the kernels of room
 * {@code kernel}), {@link io.fovea.module.Modules} (which of the two); {@link io.fovea.module.VectorPredictor} (prediction alone, faster).
 *
 * <p>Flow: batch → forward → logits [N, K] → (loss, elsewhere) → gradient [N, K] → backward → flat gradients [P] → (optimizer,
 * elsewhere) → flat parameters [P] → next step.
 */
package io.fovea.module;
