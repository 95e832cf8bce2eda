package io.fovea.optimize;

import java.util.List;
import java.util.Objects;

/**
 * How gradients change parameters; the learning rate comes with each step.
 *
 * @param optimizer      the rule
 * @param regularisation the pull of weights to zero
 * @param ranges         what is trained, and how fast beside the learning rate: rising, apart from each other
 * @param clipping       a bound on the gradients of a step
 * @param averaging      whether the mean of many steps' weights is kept beside them
 */
public record UpdateRule(
        Optimizer optimizer,
        Regularisation regularisation,
        List<ParameterRange> ranges,
        Clipping clipping,
        Averaging averaging) {

    /** Copies. */
    public UpdateRule {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(regularisation, "regularisation");
        ranges = List.copyOf(ranges);
        Objects.requireNonNull(clipping, "clipping");
        Objects.requireNonNull(averaging, "averaging");
    }

    /** Of the optimizer alone, for {@code parameters} parameters that learn alike. */
    public UpdateRule(Optimizer optimizer, int parameters) {
        this(
                optimizer,
                Regularisation.NONE,
                List.of(new ParameterRange(0, Math.max(1, parameters), 1)),
                new Clipping.None(),
                new Averaging.None());
    }
}
