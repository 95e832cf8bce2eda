/**
 * A complete dataset on disk: pictures in one size with their truth, in splits; opened for reading.
 *
 * <p>Main types: {@link io.fovea.dataset.Dataset} (reads it), {@link io.fovea.dataset.Split}, {@link io.fovea.dataset.Preparation} (the
 * shape of its pictures), {@link io.fovea.dataset.DatasetStatistics}, {@link io.fovea.dataset.DatasetSelection} (some of its pictures,
 * by an order of one's own), {@link io.fovea.dataset.PreparedDataset} (writes pictures that are prepared already).
 *
 * <p>An example's truth is a class (its label) or, in a regression, T numbers, in pixels of the prepared picture.
 *
 * <p>Flow: pictures are written by one thread ({@code StoreWriter}, LMDB) into a folder that is moved into place when complete
 * ({@code ImportFolder}) → {@code StoreManifest} says what is there → {@code Dataset} reads it ({@code StoreReader}), any number of threads.
 *
 * <p>Invariant: a dataset does not change; its {@code ContentHash} names what is in it.
 */
package io.fovea.dataset;
