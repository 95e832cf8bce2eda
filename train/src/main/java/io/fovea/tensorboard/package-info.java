/**
 * Event files that TensorBoard reads: framed, checksummed protocol-buffer records of scalars, histograms, pictures, graphs.
 *
 * <p>Main types: {@link io.fovea.tensorboard.EventFile} (a file that grows while a run goes on), {@link
 * io.fovea.tensorboard.Value} (what a point of a run can hold), {@link io.fovea.tensorboard.Graph} (layers and what they
 * read), {@link io.fovea.tensorboard.Projection} (points for the projector's page).
 *
 * <p>Flow: training hands values with their step and time here; each becomes one record of the file at once, so that a
 * TensorBoard that looks on sees it at its next reload.
 *
 * <p>This room knows the file format only; what is worth writing is decided by training.
 */
package io.fovea.tensorboard;
