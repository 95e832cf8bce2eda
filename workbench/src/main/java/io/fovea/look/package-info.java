/**
 * Looking into models: what one says about a picture, and what happens in it on the way, asked by the server and answered in a process of its own.
 *
 * <p>Main types: {@link io.fovea.look.Looks} (the server's side), {@link io.fovea.look.LookWorker} (the process's), {@link io.fovea.look.KeptPictures}
 * (pictures that people gave).
 *
 * <p>Flow: a picture is kept → a question about it and a model file goes to a worker, predictions to other ones than explanations → JSON or a PNG.
 *
 * <p>Invariant: the server decodes no picture that was given and runs no model.
 */
package io.fovea.look;
