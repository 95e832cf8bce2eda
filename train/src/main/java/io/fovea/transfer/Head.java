package io.fovea.transfer;

import java.util.SplittableRandom;

/** What comes after a backbone; settings only. */
public sealed interface Head {

    /** A head whose weights are found by minimising a loss. */
    sealed interface Trained extends Head {

        /** Returns the loss that training makes small. */
        Objective objective(FeatureMatrix features, HeadLoss loss, double decay);

        /** Returns where training begins. */
        double[] start(int features, int outputs, long seed);

        /** Returns the outputs [K, N] at a point. */
        float[][] outputs(FeatureMatrix features, double[] point, int outputs);
    }

    /** One dense layer: logistic or linear regression on the features. */
    record Linear() implements Trained {
        @Override
        public Objective objective(FeatureMatrix features, HeadLoss loss, double decay) {
            return new LinearObjective(features, loss, decay);
        }

        @Override
        public double[] start(int features, int outputs, long seed) {
            return new double[LinearObjective.dimension(features, outputs)];
        }

        @Override
        public float[][] outputs(FeatureMatrix features, double[] point, int outputs) {
            float[][] values = new float[outputs][features.count()];
            LinearObjective.outputs(features, point, values);
            return values;
        }
    }

    /**
     * A hidden layer with ReLU between features and outputs.
     *
     * @param hidden its size
     */
    record Mlp(int hidden) implements Trained {
        /** Checks the size. */
        public Mlp {
            if (hidden < 1) throw new IllegalArgumentException("hidden must be at least 1: " + hidden);
        }

        @Override
        public Objective objective(FeatureMatrix features, HeadLoss loss, double decay) {
            return new HiddenObjective(features, loss, hidden, decay);
        }

        @Override
        public double[] start(int features, int outputs, long seed) {
            return HiddenObjective.start(features, hidden, outputs, new SplittableRandom(seed));
        }

        @Override
        public float[][] outputs(FeatureMatrix features, double[] point, int outputs) {
            float[][] values = new float[outputs][features.count()];
            HiddenObjective.outputs(features, point, new float[hidden][features.count()], values);
            return values;
        }
    }

    /**
     * The classes of the nearest training pictures; nothing is trained.
     *
     * @param k how many vote
     */
    record NearestNeighbours(int k) implements Head {
        /** Checks the number. */
        public NearestNeighbours {
            if (k < 1) throw new IllegalArgumentException("k must be at least 1: " + k);
        }
    }
}
