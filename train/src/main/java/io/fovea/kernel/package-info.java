/**
 * Hand-vectorised layers: for training small networks on the processor, and for prediction by convolutional ones.
 *
 * <p>General engines vectorise over channels or columns, which small networks have few of: LeNet's first layer has one
 * channel in and twenty out. Here the pictures of a batch lie in the lanes of the vector registers instead: a group of
 * {@link io.fovea.kernel.Lanes#COUNT} pictures passes through the network side by side, so every layer of every size uses
 * every lane, and one loaded weight serves all lanes.
 *
 * <p>Layout: an activation of a group is [C, H, W, L], L the number of lanes, in one {@code float[]}. Weights lie as everywhere:
 * [OC, C, KH, KW] and [outputs, D].
 *
 * <p>Main types: {@link io.fovea.kernel.ConvolutionKernel}, {@link io.fovea.kernel.DenseKernel}, {@link io.fovea.kernel.PoolingKernel},
 * {@link io.fovea.kernel.ActivationKernel}. Module {@code VectorModule} strings them together.
 *
 * <p>Prediction lays values out the other way round, {@link io.fovea.kernel.ChannelMaps}: channels in the lanes. Main types there: {@link
 * io.fovea.kernel.WinogradConvolution}, {@link io.fovea.kernel.DirectConvolution}, both on {@code ProductTile}; why:
 * docs/decisions/0009-winograd-for-features.md.
 *
 * <p>Hybrids need neither: {@link io.fovea.kernel.PooledConvolution} (maps), {@link io.fovea.kernel.CandidateConvolution} (what replacing a filter
 * would do to a head's error), {@link io.fovea.kernel.GramMatrix} (products of features), {@link io.fovea.kernel.RowProduct}, {@link
 * io.fovea.kernel.NeighbourSearch}. They lay values out with the channels innermost and share {@code ProductTile}; why:
 * docs/decisions/0012-closed-form-head-judges-evolution.md.
 *
 * <p>Why this beats the library, and what was tried: docs/decisions/0008-vector-kernels.md.
 */
package io.fovea.kernel;
