/**
 * Hand-vectorised products for hybrids.
 *
 * <p>Main types: {@link io.fovea.product.PooledConvolution} (maps), {@link io.fovea.product.CandidateConvolution} (what replacing a filter
 * would do to a head's error), {@link io.fovea.product.GramMatrix} (products of features), {@link io.fovea.product.RowProduct}, {@link
 * io.fovea.product.NeighbourSearch}.
 *
 * <p>All lay values out with the channels innermost and share {@link io.fovea.map.ProductTile}; why:
 * docs/decisions/0012-closed-form-head-judges-evolution.md.
 */
package io.fovea.product;
