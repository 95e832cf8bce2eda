package io.fovea.optimize;

/**
 * Neighbouring parameters with a learning rate of their own.
 *
 * @param from   the first
 * @param to     the one after the last, above {@code from}
 * @param factor on the learning rate of a step, above 0
 */
public record ParameterRange(int from, int to, double factor) {

    /** Checks. */
    public ParameterRange {
        if (from < 0 || to <= from) throw new IllegalArgumentException("Not a range: " + from + " to " + to);
        if (!(factor > 0) || Double.isInfinite(factor))
            throw new IllegalArgumentException("factor must be above 0: " + factor);
    }
}
