package io.fovea.optimize;

import java.util.List;

/**
 * How the learning rate changes in a run. Progress p runs from 0 (first step) to 1 (end of the last epoch).
 *
 * <p>The first seven are the policies of DIGITS; its steps are given in percent of the run, here as fractions.
 */
public sealed interface LearningRateSchedule {

    /** Returns the factor on the base learning rate at progress {@code p}, 0 ≤ p ≤ 1. */
    double factor(double p);

    /** Always 1. */
    record Fixed() implements LearningRateSchedule {
        @Override
        public double factor(double p) {
            return 1;
        }
    }

    /** gamma^⌊p / every⌋: falls by {@code gamma} after each part {@code every} of the run. */
    record Step(double every, double gamma) implements LearningRateSchedule {
        /** Checks the range. */
        public Step {
            if (!(every > 0 && every <= 1))
                throw new IllegalArgumentException("every must be above 0 and at most 1: " + every);
            positive("gamma", gamma);
        }

        @Override
        public double factor(double p) {
            return Math.pow(gamma, Math.floor(p / every + 1e-12));
        }
    }

    /** gamma^(number of milestones passed); milestones are rising fractions of the run. */
    record MultiStep(List<Double> milestones, double gamma) implements LearningRateSchedule {
        /** Checks order and range. */
        public MultiStep {
            milestones = List.copyOf(milestones);
            double last = 0;
            for (double milestone : milestones) {
                if (!(milestone > last && milestone <= 1)) {
                    throw new IllegalArgumentException("milestones must rise from above 0 to at most 1: " + milestones);
                }
                last = milestone;
            }
            positive("gamma", gamma);
        }

        @Override
        public double factor(double p) {
            return Math.pow(
                    gamma,
                    milestones.stream().filter(milestone -> p >= milestone).count());
        }
    }

    /** gamma^(100·p): falls by {@code gamma} with each hundredth of the run. */
    record Exponential(double gamma) implements LearningRateSchedule {
        /** Checks the range. */
        public Exponential {
            positive("gamma", gamma);
        }

        @Override
        public double factor(double p) {
            return Math.pow(gamma, 100 * p);
        }
    }

    /** (1 + gamma·100·p)^(−power). */
    record Inverse(double gamma, double power) implements LearningRateSchedule {
        /** Checks the range. */
        public Inverse {
            positive("gamma", gamma);
            positive("power", power);
        }

        @Override
        public double factor(double p) {
            return Math.pow(1 + gamma * 100 * p, -power);
        }
    }

    /** (1 − p)^power: reaches 0 at the end. */
    record Polynomial(double power) implements LearningRateSchedule {
        /** Checks the range. */
        public Polynomial {
            positive("power", power);
        }

        @Override
        public double factor(double p) {
            return Math.pow(1 - p, power);
        }
    }

    /** 1 / (1 + exp(steepness·100·(p − middle))): from near 1 to near 0, half at {@code middle}. */
    record Sigmoid(double middle, double steepness) implements LearningRateSchedule {
        /** Checks the range. */
        public Sigmoid {
            if (!(middle >= 0 && middle <= 1)) throw new IllegalArgumentException("middle must be 0 … 1: " + middle);
            positive("steepness", steepness);
        }

        @Override
        public double factor(double p) {
            return 1 / (1 + Math.exp(steepness * 100 * (p - middle)));
        }
    }

    /** (1 + cos(π·p)) / 2. Source: Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5 without restarts. */
    record Cosine() implements LearningRateSchedule {
        @Override
        public double factor(double p) {
            return (1 + Math.cos(Math.PI * p)) / 2;
        }
    }

    /**
     * Rises by a half cosine from 1/initialDivisor to 1 over the part {@code rise} of the run, then falls to 1/finalDivisor.
     *
     * <p>Source: Smith and Topin 2018, arXiv:1708.07120.
     */
    record OneCycle(double rise, double initialDivisor, double finalDivisor) implements LearningRateSchedule {
        /** Checks the range. */
        public OneCycle {
            if (!(rise > 0 && rise < 1)) throw new IllegalArgumentException("rise must lie between 0 and 1: " + rise);
            positive("initialDivisor", initialDivisor);
            positive("finalDivisor", finalDivisor);
        }

        @Override
        public double factor(double p) {
            return p < rise
                    ? between(1 / initialDivisor, 1, p / rise)
                    : between(1, 1 / finalDivisor, (p - rise) / (1 - rise));
        }

        private static double between(double from, double to, double part) {
            return to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
        }
    }

    /** Rises linearly from near 0 over the first part {@code rise} of the run, then follows {@code then}. */
    record WarmUp(double rise, LearningRateSchedule then) implements LearningRateSchedule {
        /** Checks the range. */
        public WarmUp {
            if (!(rise > 0 && rise < 1)) throw new IllegalArgumentException("rise must lie between 0 and 1: " + rise);
        }

        @Override
        public double factor(double p) {
            return p < rise ? then.factor(rise) * (p / rise) : then.factor(p);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) throw new IllegalArgumentException(name + " must be above 0: " + value);
    }
}
