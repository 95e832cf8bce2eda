package io.fovea.evaluation;

/** How good a model is on one split: a classifier by the classes it finds, a regression by its distances from the truth. */
public sealed interface Verdict permits Evaluation, RegressionEvaluation {}
