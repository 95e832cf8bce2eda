/**
 * Sets of pictures that need no work of the user.
 *
 * <p>Main types: {@link io.fovea.collection.PublicDataset} (published sets, fetched and checked), {@link io.fovea.collection.LocalData} (the same,
 * where they lie on this machine already), {@link io.fovea.collection.GeneratedDigits} (when there is neither data nor network: a pen draws them).
 *
 * <p>Flow: a name → files in the formats of their publishers → an import as of any other source.
 */
package io.fovea.collection;
