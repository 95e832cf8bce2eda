package io.fovea.optimize;

/**
 * The rule by which gradients change parameters; settings only, the state is in {@link Optimization}.
 *
 * <p>Symbols: w parameter, g its gradient (regularisation already added), η learning rate, t step from 1.
 */
public sealed interface Optimizer {

    /** Returns how many numbers per parameter the rule remembers. */
    int slots();

    /** w ← w − η·g. */
    record GradientDescent() implements Optimizer {
        @Override
        public int slots() {
            return 0;
        }
    }

    /** v ← momentum·v + g; w ← w − η·v. Source: Polyak 1964, in the form of PyTorch's SGD. */
    record Momentum(double momentum) implements Optimizer {
        /** Checks the range. */
        public Momentum {
            fraction("momentum", momentum);
        }

        @Override
        public int slots() {
            return 1;
        }
    }

    /** v ← momentum·v + g; w ← w − η·(g + momentum·v). Source: Sutskever et al. 2013, in the form of PyTorch's SGD. */
    record Nesterov(double momentum) implements Optimizer {
        /** Checks the range. */
        public Nesterov {
            fraction("momentum", momentum);
        }

        @Override
        public int slots() {
            return 1;
        }
    }

    /**
     * m ← β1·m + (1 − β1)·g; v ← β2·v + (1 − β2)·g²; w ← w − η · m/(1 − β1^t) / (√(v/(1 − β2^t)) + ε).
     *
     * <p>Source: Kingma and Ba 2015, arXiv:1412.6980, algorithm 1.
     */
    record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
        /** Checks the range. */
        public Adam {
            fraction("beta1", beta1);
            fraction("beta2", beta2);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /**
     * Adam, but the weight decay shrinks the parameter itself: w ← w − η·decay·w, then Adam's step.
     *
     * <p>Source: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2.
     */
    record AdamW(double beta1, double beta2, double epsilon, double decay) implements Optimizer {
        /** Checks the range. */
        public AdamW {
            fraction("beta1", beta1);
            fraction("beta2", beta2);
            if (!(decay >= 0)) throw new IllegalArgumentException("decay must not be negative: " + decay);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    /** s ← decay·s + (1 − decay)·g²; w ← w − η·g/(√s + ε). Source: Tieleman and Hinton 2012, lecture 6.5. */
    record RmsProp(double decay, double epsilon) implements Optimizer {
        /** Checks the range. */
        public RmsProp {
            fraction("decay", decay);
        }

        @Override
        public int slots() {
            return 1;
        }
    }

    /** s ← s + g²; w ← w − η·g/(√s + ε). Source: Duchi, Hazan and Singer 2011. */
    record Adagrad(double epsilon) implements Optimizer {
        @Override
        public int slots() {
            return 1;
        }
    }

    /**
     * s ← decay·s + (1 − decay)·g²; u = √(d + ε)/√(s + ε)·g; d ← decay·d + (1 − decay)·u²; w ← w − η·u.
     *
     * <p>Source: Zeiler 2012, arXiv:1212.5701, algorithm 1. The usual η is 1.
     */
    record AdaDelta(double decay, double epsilon) implements Optimizer {
        /** Checks the range. */
        public AdaDelta {
            fraction("decay", decay);
        }

        @Override
        public int slots() {
            return 2;
        }
    }

    private static void fraction(String name, double value) {
        if (!(value >= 0 && value < 1))
            throw new IllegalArgumentException(name + " must be at least 0 and below 1: " + value);
    }
}
