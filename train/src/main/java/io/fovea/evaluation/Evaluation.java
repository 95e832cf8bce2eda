package io.fovea.evaluation;

import java.util.List;

/**
 * Everything that is said about a classifier on one split.
 *
 * @param classNames   K names in label order
 * @param accuracy     top-1 accuracy with its interval
 * @param topFive      top-5 accuracy with its interval; equals 1 if K ≤ 5
 * @param meanLoss     mean cross-entropy
 * @param confusion    [K, K]: row = true class, column = predicted class
 * @param classes      per class, in label order
 * @param macro        means over the classes that have examples
 * @param hardest      the pictures of largest loss, the largest first
 * @param mostConfused pairs of classes, the most frequent first
 */
public record Evaluation(
        List<String> classNames,
        Proportion accuracy,
        Proportion topFive,
        double meanLoss,
        long[][] confusion,
        List<ClassReport> classes,
        MacroAverage macro,
        List<JudgedPicture> hardest,
        List<ConfusedPair> mostConfused) {

    /**
     * Judges a split.
     *
     * @param labels  [N] true class indices
     * @param logits  [N, K] the network's outputs
     * @param sources [N] where each picture comes from
     */
    public static Evaluation of(List<String> classNames, int[] labels, float[] logits, List<String> sources) {
        throw new UnsupportedOperationException();
    }
}
