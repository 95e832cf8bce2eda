/**
 * Hand-vectorised layers for prediction by convolutional networks: the channels of a map lie in the lanes.
 *
 * <p>Main types: {@link io.fovea.map.ChannelMaps} (the layout), {@link io.fovea.map.WinogradConvolution} and {@link io.fovea.map.DirectConvolution},
 * both on {@link io.fovea.map.ProductTile}; {@link io.fovea.map.MapPooling}, {@link io.fovea.map.MapArithmetic}.
 *
 * <p>Flow: picture → maps with channels innermost → layer by layer, in one {@link io.fovea.map.MapWorkspace} → features; why:
 * docs/decisions/0009-winograd-for-features.md.
 */
package io.fovea.map;
