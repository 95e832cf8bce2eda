/**
 * Pictures whose answers are unsure, kept so that people can label them.
 *
 * <p>Main types: {@link io.fovea.sampling.UnsurePictures} (keeps them), {@link io.fovea.sampling.SamplingSettings} (which, and how many).
 *
 * <p>Flow: an answer that is unsure → its picture's bytes in a short queue → a thread of its own writes the file, then its line in the table.
 *
 * <p>Invariant: never more than the bounds on the disk, nothing overwritten, and no request waits for the disk.
 */
package io.fovea.sampling;
