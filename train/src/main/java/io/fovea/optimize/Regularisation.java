package io.fovea.optimize;

/**
 * A pull of the weights towards zero, added to the gradient: g ← g + l2·w + l1·sign(w).
 *
 * <p>It acts on all parameters alike, biases too, as PyTorch's weight decay does.
 *
 * @param l1 0 for none
 * @param l2 0 for none; PyTorch's {@code weight_decay}
 */
public record Regularisation(double l1, double l2) {

    /** None at all. */
    public static final Regularisation NONE = new Regularisation(0, 0);

    /** Checks the range. */
    public Regularisation {
        if (!(l1 >= 0 && l2 >= 0))
            throw new IllegalArgumentException("l1 and l2 must not be negative: " + l1 + ", " + l2);
    }
}
