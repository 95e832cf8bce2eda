/**
 * Examples with targets: importers, splits, the store on disk, statistics and batches; and where public sets come from.
 *
 * <p>Main types: {@link io.fovea.dataset.DatasetImport} (files become a dataset), {@link io.fovea.dataset.Dataset} (reads it),
 * {@link io.fovea.dataset.BatchLoader} (its pictures, shuffled and augmented), {@link io.fovea.dataset.Augmentation} (how they are
 * varied); {@link io.fovea.dataset.PublicDataset} and {@link io.fovea.dataset.LocalData} (well-known
 * sets), {@link io.fovea.dataset.GeneratedDigits} (when there is neither data nor network).
 *
 * <p>An example's target is a class (its label) or, in a regression, T numbers ({@link io.fovea.dataset.ImportTask}): from the names of the
 * pictures ({@code NamedPoints}) or from tables ({@code TargetTable}), in pixels of the prepared picture once stored
 * ({@code TargetConversion}), moved with the pixels when pictures are varied ({@code TargetMotion}).
 *
 * <p>An import lists its {@link io.fovea.dataset.Source}s ({@code SourceDetection} and one importer per format), plans classes and splits
 * ({@code ImportPlan}), prepares pictures on several threads ({@code ParallelPreparation}) and stores them by one ({@code StoreWriter}),
 * in a folder that is moved into place when complete ({@code ImportFolder}). The dataset does not depend on the number of threads.
 *
 * <p>Flow: files → importer → store (LMDB) → {@code Dataset} → {@link io.fovea.dataset.Batch}, shuffled and augmented → training.
 */
package io.fovea.dataset;
