package io.fovea.evaluation;

import java.util.Objects;

/**
 * What the network made of the values of one picture.
 *
 * @param position  the picture's place in the split
 * @param source    its file, or its place in the original dataset
 * @param truth     [T] the true values, places in pixels of the prepared picture
 * @param predicted [T] the predicted ones, likewise
 * @param error     of the picture in the evaluation's unit (see {@link RegressionEvaluation#unit})
 */
public record JudgedValues(int position, String source, double[] truth, double[] predicted, double error) {

    /** Checks that nothing is missing. The arrays are shared, not copied. */
    public JudgedValues {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(predicted, "predicted");
    }
}
