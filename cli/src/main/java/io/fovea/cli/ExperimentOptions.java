package io.fovea.cli;

import picocli.CommandLine.Option;

/** What to do with a plan instead of just training by it. */
final class ExperimentOptions {

    @Option(
            names = "--find-learning-rate",
            description = "Train nothing: try rising rates for a few steps, draw the loss, suggest a rate.")
    private boolean findLearningRate;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "Write no model: train K times, each time judged on another K-th of the training and validation"
                            + " pictures.")
    private Integer folds;

    boolean findsLearningRate() {
        return findLearningRate;
    }

    boolean hasFolds() {
        return folds != null;
    }

    int folds() {
        return folds;
    }

    /** @throws IllegalArgumentException if both are asked for, or fewer than two folds */
    void check() {
        if (findLearningRate && folds != null)
            throw new IllegalArgumentException("--find-learning-rate and --folds exclude each other");
        if (folds != null && folds < 2) throw new IllegalArgumentException("--folds must be at least 2: " + folds);
    }
}
