package io.fovea.search;

/**
 * Adam's step on a gradient of which only the direction is to be trusted.
 *
 * <p>m ← β1·m + (1 − β1)·g; v ← β2·v + (1 − β2)·g²; w ← w − η·m/(1 − β1^t) / √(v/(1 − β2^t)). There is no ε: a coordinate whose gradient has always been 0
 * stays, and the step does not depend on the scale of the fitness.
 *
 * <p>Source: Kingma and Ba 2015, arXiv:1412.6980, algorithm 1.
 */
final class Adam {

    private final double beta1;
    private final double beta2;
    private final double[] first;
    private final double[] second;
    private long steps;

    Adam(int dimensions, double beta1, double beta2) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        first = new double[dimensions];
        second = new double[dimensions];
    }

    /** Moves {@code point} [n] against {@code gradient} [n]. */
    void step(double[] point, double[] gradient, double rate) {
        steps++;
        double firstScale = rate / (1 - Math.pow(beta1, steps));
        double secondScale = 1 / (1 - Math.pow(beta2, steps));
        for (int i = 0; i < point.length; i++) {
            first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
            second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i];
            double scale = Math.sqrt(second[i] * secondScale);
            if (scale > 0) point[i] -= firstScale * first[i] / scale;
        }
    }

    void pass(StateTape tape) {
        steps = tape.count(steps);
        tape.numbers(first);
        tape.numbers(second);
    }
}
