/**
 * Runs that differ in their settings, or in the pictures that are held out, compared by their validation pictures alone.
 *
 * <p>Main types: {@link io.fovea.trial.Trial} (a combination to try), {@link io.fovea.trial.Tuning} (all of them), {@link
 * io.fovea.trial.CrossValidation} (folds).
 *
 * <p>Flow: axes of settings → trials, or a number of folds → {@link io.fovea.trial.RunMaker} brings their runs forward, here or elsewhere → results, the best first, or their mean.
 */
package io.fovea.trial;
