/**
 * What a model answers about a picture, and how good its answers are, as values.
 *
 * <p>Main types: {@link io.fovea.task.Task} (what is answered: a class, numbers, a class for every pixel, a picture),
 * {@link io.fovea.task.ModelOutput} (a named output of a network), {@link io.fovea.task.Measure} (a number that says how good).
 *
 * <p>Flow: a dataset or a network names a task → training, evaluation and export ask it → it stands in the manifest → a decoder reads the
 * outputs that it names.
 *
 * <p>Invariant: whoever needs something that depends on the task asks the task, and never which one it is.
 */
package io.fovea.task;
