package io.fovea.choice;

import io.fovea.optimize.Optimizer;

/** An optimizer as it is named on the command line, with its usual settings. */
public enum OptimizerName {
    /** Plain gradient descent. */
    SGD(0.05, new Optimizer.GradientDescent()),
    /** Gradient descent with momentum 0.9. */
    MOMENTUM(0.01, new Optimizer.Momentum(0.9)),
    /** Gradient descent with Nesterov's momentum 0.9. */
    NESTEROV(0.01, new Optimizer.Nesterov(0.9)),
    /** Adam with beta 0.9 and 0.999. */
    ADAM(0.001, new Optimizer.Adam(0.9, 0.999, 1e-8)),
    /** Adam with a decay of the weights of 0.01. */
    ADAMW(0.001, new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01)),
    /** RMSprop with decay 0.99. */
    RMSPROP(0.001, new Optimizer.RmsProp(0.99, 1e-8)),
    /** Adagrad. */
    ADAGRAD(0.01, new Optimizer.Adagrad(1e-10)),
    /** AdaDelta with decay 0.9. */
    ADADELTA(1, new Optimizer.AdaDelta(0.9, 1e-6));

    private final double learningRate;
    private final Optimizer optimizer;

    OptimizerName(double learningRate, Optimizer optimizer) {
        this.learningRate = learningRate;
        this.optimizer = optimizer;
    }

    /** Returns the rate that it is usually begun with. */
    public double learningRate() {
        return learningRate;
    }

    /** Returns it with its usual settings. */
    public Optimizer optimizer() {
        return optimizer;
    }
}
