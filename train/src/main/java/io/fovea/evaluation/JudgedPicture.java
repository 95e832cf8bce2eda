package io.fovea.evaluation;

import java.util.Objects;

/**
 * What the network made of one picture.
 *
 * @param position    the picture's place in the split
 * @param source      its file, or its place in the original dataset
 * @param label       the true class index
 * @param predicted   the class index of the largest logit; of equal ones the smallest index
 * @param probability the probability of the predicted class, 0 to 1
 * @param loss        cross-entropy: −ln of the probability of the true class
 * @param rank        the place of the true class among all by logit: 1 if the prediction is right
 */
public record JudgedPicture(
        int position, String source, int label, int predicted, double probability, double loss, int rank) {

    /** Checks that there is a source. */
    public JudgedPicture {
        Objects.requireNonNull(source, "source");
    }

    /** Returns whether the predicted class is the true one. */
    public boolean isRight() {
        return label == predicted;
    }

    /**
     * Judges one row of logits.
     *
     * <p>Formula: loss = ln Σ exp(x[k]) − x[label], with the largest logit taken off first so that nothing overflows.
     *
     * @param logits holds the K logits from {@code from} on
     */
    static JudgedPicture of(float[] logits, int from, int classes, int label, int position, String source) {
        int predicted = 0;
        int rank = 1;
        float own = logits[from + label];
        for (int k = 0; k < classes; k++) {
            float value = logits[from + k];
            if (value > logits[from + predicted]) predicted = k;
            if (value > own || (value == own && k < label)) rank++;
        }
        double largest = logits[from + predicted];
        double sum = 0;
        for (int k = 0; k < classes; k++) sum += Math.exp(logits[from + k] - largest);
        return new JudgedPicture(position, source, label, predicted, 1 / sum, Math.log(sum) + largest - own, rank);
    }
}
