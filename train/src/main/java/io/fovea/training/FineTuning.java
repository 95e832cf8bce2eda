package io.fovea.training;

import io.fovea.network.LayerRates;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.optimize.Optimizer;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.util.Arrays;

/**
 * How weights that others trained go on learning without losing what they know: steps that are small beside the weights of every layer, none of
 * them large at first.
 *
 * <p>AdamW moves a weight by about the learning rate, however steep the loss is there: where batch norms are folded into convolutions,
 * or missing, gradients differ by orders of magnitude between layers, and one rate for plain gradients is too large for some of them. But weights differ as much as
 * gradients do: before a batch norm their size is arbitrary, and one rate that leaves the large ones as they are overwrites the small ones. So each
 * layer's rate follows the size of its weights ({@link #layerRates}). The rate rises over the first tenth of the run, as the moments are not yet known, and
 * gradients are bounded. What was tried: docs/experiments.md.
 */
public final class FineTuning {

    private static final double RATE = 5e-5;
    private static final double WARM_UP = 0.1;
    private static final double LONGEST_GRADIENT = 1;
    private static final int BATCH_SIZE = 32;
    /** Weights of this size learn at the base rate: a step of the largest rate is a five-hundredth of it. */
    private static final double USUAL_SIZE = 500 * RATE;
    /** Inputs of a 3x3 convolution of 64 channels. */
    private static final double USUAL_INPUTS = 576;
    /** Weights that are all zero have to learn as well. */
    private static final double LEAST_FACTOR = 0.01;

    private FineTuning() {}

    /** Returns the settings to begin with: AdamW, a rate of 0.00005 after a warm-up and falling by a cosine, batches of 32. */
    public static TrainingSettings defaults(long seed) {
        Optimizer optimizer = new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01);
        return TrainingSettings.defaults(seed)
                .withBatchSize(BATCH_SIZE)
                .withOptimizer(optimizer, learningRate(optimizer))
                .withSchedule(new LearningRateSchedule.WarmUp(WARM_UP, new LearningRateSchedule.Cosine()))
                .withClipping(new Clipping.ByNorm(LONGEST_GRADIENT));
    }

    /** Returns the base rate that is safe for weights that others trained. */
    public static double learningRate(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.GradientDescent _ -> 1e-3;
            case Optimizer.Momentum _, Optimizer.Nesterov _ -> 1e-3;
            case Optimizer.Adam _, Optimizer.AdamW _, Optimizer.RmsProp _ -> RATE;
            case Optimizer.Adagrad _ -> 1e-3;
            case Optimizer.AdaDelta _ -> 0.1;
        };
    }

    /**
     * Returns how fast each layer learns, by the size of the weights it begins with, where the optimizer moves all weights alike; for other
     * optimizers the rates given.
     *
     * <p>Formula: factor = max(0.01, s / 0.025 · √min(1, 576 / I)), with s the root mean square of a filter's weights, the median of the layer's filters, and I the inputs of
     * a filter. A step moves I weights in one direction, and their sum tells: hence the root.
     *
     * <p>Source: You et al. 2017, arXiv:1708.03888, section 4 (rates in proportion to the size of the weights); Yang et al. 2022, arXiv:2203.03466, table 3 (steps of Adam that fall with the inputs).
     *
     * @param learned what is frozen, with a rate for every other layer by its name
     * @param weights that others trained; layers without, such as a new head, keep their rate
     */
    public static LayerRates layerRates(LayerRates learned, Weights weights, Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Adam _, Optimizer.AdamW _, Optimizer.RmsProp _ ->
                new LayerRates(learned.rates().stream()
                        .map(rate -> new LayerRate(rate.prefix(), factor(rate, weights)))
                        .toList());
            case Optimizer.GradientDescent _,
                    Optimizer.Momentum _,
                    Optimizer.Nesterov _,
                    Optimizer.Adagrad _,
                    Optimizer.AdaDelta _ -> learned;
        };
    }

    private static double factor(LayerRate rate, Weights weights) {
        if (rate.factor() == 0) return 0;
        return weights.tensor(rate.prefix() + ".weight").map(FineTuning::factor).orElse(rate.factor());
    }

    private static double factor(NamedTensor weight) {
        int filters = weight.shape()[0];
        int inputs = weight.values().length / filters;
        double[] sizes = new double[filters];
        for (int filter = 0; filter < filters; filter++) {
            double squares = 0;
            for (int i = 0; i < inputs; i++) {
                double value = weight.values()[filter * inputs + i];
                squares += value * value;
            }
            sizes[filter] = Math.sqrt(squares / inputs);
        }
        Arrays.sort(sizes);
        return Math.max(LEAST_FACTOR, sizes[filters / 2] / USUAL_SIZE * Math.sqrt(Math.min(1, USUAL_INPUTS / inputs)));
    }
}
