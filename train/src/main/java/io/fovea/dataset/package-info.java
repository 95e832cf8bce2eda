/**
 * Examples with targets: importers, splits, the store on disk, statistics and batches.
 *
 * <p>Main types: {@link io.fovea.dataset.Split}, {@link io.fovea.dataset.Batch}.
 *
 * <p>Flow: files → importer → store (LMDB) → {@code Dataset} → batches, shuffled and augmented → training.
 */
package io.fovea.dataset;
