/**
 * Sources become a dataset.
 *
 * <p>Main types: {@link io.fovea.importer.DatasetImport} (does it), {@link io.fovea.importer.ImportSettings}, {@link
 * io.fovea.importer.Truth} (what is looked for beside the pictures), {@link io.fovea.importer.ImportReport}.
 *
 * <p>Flow: sources → layouts are told and listed ({@code SourceDetection}) → classes and splits are planned ({@code ImportPlan}) → pictures are
 * prepared on several threads ({@code ParallelPreparation}) → stored by one, measured and hashed ({@code ImportPass}) → manifest, and the folder moves to
 * its place.
 *
 * <p>Invariant: the dataset does not depend on the number of threads.
 */
package io.fovea.importer;
