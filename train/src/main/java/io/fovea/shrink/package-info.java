/**
 * Models made small: hybrids of pictures, models in whole numbers of models that are there; judged, written, told of.
 *
 * <p>Main types: {@link io.fovea.shrink.HybridMaking}, {@link io.fovea.shrink.Int8Making}, {@link io.fovea.shrink.LadderMaking} (all ways, compared).
 *
 * <p>Flow of the second: model file → network and weights → pictures of the training part → a file in whole numbers → as fast as before, or faster? →
 * both on the test part → model file.
 */
package io.fovea.shrink;
