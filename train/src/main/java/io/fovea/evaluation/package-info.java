/**
 * How good a classifier is, with the uncertainty of every number.
 *
 * <p>Main types: {@link io.fovea.evaluation.Evaluation} (all metrics of one run over a split),
 * {@link io.fovea.task.Proportion} (a share with its Wilson interval), {@link io.fovea.evaluation.EvaluationFiles}.
 *
 * <p>Flow: labels and logits → {@code Evaluation} → {@code evaluation.json}, CSV files, charts; {@code KeptPredictions} reads back what is kept of each picture.
 */
package io.fovea.evaluation;
