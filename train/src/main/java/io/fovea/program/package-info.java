/**
 * What a Java program calls to do what the command line does, with the same settings where nothing is chosen and the same results.
 *
 * <p>Main types: {@link io.fovea.program.Datasets} (pictures become a dataset), {@link io.fovea.program.Training} (a dataset is learned),
 * {@link io.fovea.program.Trained} (what came out, to be written as a model),
 * {@link io.fovea.program.Export} (a model for other programs). Everything else that takes long:
 * {@link io.fovea.work.Jobs}. A model that is there: {@link io.fovea.predict.Model}.
 */
package io.fovea.program;
