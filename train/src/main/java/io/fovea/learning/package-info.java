/**
 * All that learning needs to know of a task: the partner of {@link io.fovea.task.Task}.
 *
 * <p>Main types: {@link io.fovea.learning.Learning} (what a task says of its truth, loss, measures and judgement; a class for each task),
 * {@link io.fovea.learning.Judge} (takes a model's outputs picture by picture and gives the verdict).
 *
 * <p>Flow: dataset → {@code Learning.of(task)} → targets of every batch, loss, counts that become measures in events → a judge over the
 * test pictures → verdict.
 *
 * <p>Invariant: training, transfer and export ask a {@code Learning} and never which one it is.
 */
package io.fovea.learning;
