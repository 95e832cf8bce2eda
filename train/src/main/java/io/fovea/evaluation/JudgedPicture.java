package io.fovea.evaluation;

/**
 * What the network made of one picture.
 *
 * @param position    the picture's place in the split
 * @param source      its file or position in the original dataset
 * @param label       the true class index
 * @param predicted   the most probable class index
 * @param probability the probability of the predicted class
 * @param loss        cross-entropy: −ln of the probability of the true class
 */
public record JudgedPicture(int position, String source, int label, int predicted, double probability, double loss) {}
