package io.fovea.search;

/**
 * Cumulative step-size adaptation: steps that point the same way lengthen the next, steps that undo each other shorten it.
 *
 * <p>p_σ ← (1 − c_σ)·p_σ + √(c_σ(2 − c_σ)μ_eff)·s with the whitened step s, which is N(0, I/μ_eff) under random selection;
 * σ ← σ·exp((c_σ/d_σ)·(‖p_σ‖/E‖N(0, I)‖ − 1)).
 *
 * <p>Source: Hansen 2016, arXiv:1604.00772, equations 43, 44 and 55.
 */
final class StepSizeControl {

    private final double rate;
    private final double damping;
    private final double mass;
    private final double expectedLength;
    private final double[] path;

    StepSizeControl(int dimensions, double mass) {
        double n = dimensions;
        this.mass = mass;
        rate = (mass + 2) / (n + mass + 5);
        damping = 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + rate;
        expectedLength = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
        path = new double[dimensions];
    }

    /** Adds the whitened step [n] of a generation to the path. */
    void follow(double[] whitened) {
        double share = Math.sqrt(rate * (2 - rate) * mass);
        for (int i = 0; i < path.length; i++) path[i] = (1 - rate) * path[i] + share * whitened[i];
    }

    /** Returns what the step size is to be multiplied with. */
    double factor() {
        return Math.exp(Math.min(1, rate / damping * (length() / expectedLength - 1)));
    }

    /**
     * Returns whether the path is short enough for the covariance to trust its direction (h_σ of the source); while the step size
     * still grows fast it would only learn how wrong that was.
     *
     * @param told generations that the path has followed
     */
    boolean isSettled(int told) {
        double unbiased = Math.sqrt(1 - Math.pow(1 - rate, 2.0 * told));
        return length() / unbiased < (1.4 + 2.0 / (path.length + 1)) * expectedLength;
    }

    private double length() {
        return Math.sqrt(Rows.dot(path, path));
    }

    void pass(StateTape tape) {
        tape.numbers(path);
    }
}
