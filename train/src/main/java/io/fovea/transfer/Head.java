package io.fovea.transfer;

import java.util.Locale;
import java.util.SplittableRandom;

/** What comes after a backbone; settings only. */
public sealed interface Head {

    /** Hidden units where nobody says how many. */
    int USUAL_HIDDEN = 64;

    /** Neighbours where nobody says how many. */
    int USUAL_NEIGHBOURS = 9;

    /**
     * Reads {@code linear}, {@code mlp}, {@code mlp:N}, {@code knn} or {@code knn:K}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Head of(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("linear")) return new Linear();
        if (!word.matches("(mlp|knn)(:[1-9][0-9]{0,3})?")) {
            throw new IllegalArgumentException(
                    "write linear, mlp:N (such as mlp:64) or knn:K (such as knn:9); found \"" + text + "\"");
        }
        boolean hidden = word.startsWith("mlp");
        int number = word.length() > 3 ? Integer.parseInt(word.substring(4)) : hidden ? USUAL_HIDDEN : USUAL_NEIGHBOURS;
        return hidden ? new Mlp(number) : new NearestNeighbours(number);
    }

    /** Returns the word that {@link #of} reads. */
    default String word() {
        return switch (this) {
            case Linear _ -> "linear";
            case Mlp mlp -> "mlp:" + mlp.hidden();
            case NearestNeighbours neighbours -> "knn:" + neighbours.k();
        };
    }

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
