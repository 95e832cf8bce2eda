/**
 * A dataset's pictures as training sees them: in an order, in batches, varied.
 *
 * <p>Main types: {@link io.fovea.batch.BatchLoader} (prepares batches ahead, on threads of its own), {@link io.fovea.batch.Batch},
 * {@link io.fovea.batch.BatchSettings}, {@link io.fovea.batch.Augmentation} (how pictures are varied).
 *
 * <p>Flow: {@code Dataset} → order of the epoch ({@code EpochOrder}) → each picture through the {@code Augmenter}: geometry by one map
 * ({@code AffineMap}) that moves its truth too ({@code TargetMotion}), then tones, then erasing → mixing with others of its batch ({@code BatchMixing}) → {@code Batch}.
 *
 * <p>Invariant: a batch depends on seed, epoch and position alone, not on threads.
 */
package io.fovea.batch;
