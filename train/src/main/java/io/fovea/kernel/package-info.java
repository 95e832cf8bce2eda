/**
 * Hand-vectorised layers for training small networks on the processor.
 *
 * <p>General engines vectorise over channels or columns, which small networks have few of: LeNet's first layer has one
 * channel in and twenty out. Here the pictures of a batch lie in the lanes of the vector registers instead: a group of
 * {@link io.fovea.kernel.Lanes#COUNT} pictures passes through the network side by side, so every layer of every size uses
 * every lane, and one loaded weight serves all lanes.
 *
 * <p>Layout: an activation of a group is [C, H, W, L], L the number of lanes, in one {@code float[]}. Weights lie as everywhere:
 * [OC, C, KH, KW] and [outputs, D].
 *
 * <p>Main types: {@link io.fovea.kernel.ConvolutionKernel} with its two ways, {@link io.fovea.kernel.DenseKernel}, {@link io.fovea.kernel.PoolingKernel},
 * {@link io.fovea.kernel.ActivationKernel}. Module {@code VectorModule} strings them together. Prediction lays values out the other way round, in
 * {@code map}; hybrids need products of other kinds, in {@code product}.
 *
 * <p>Why this beats the library, and what was tried: docs/decisions/0008-vector-kernels.md.
 */
package io.fovea.kernel;
