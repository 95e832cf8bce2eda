/**
 * Event files that TensorBoard reads: framed, checksummed protocol-buffer records of scalars, histograms, pictures, graphs.
 *
 * <p>This room knows the file format only; what is worth writing is decided by training.
 */
package io.fovea.tensorboard;
