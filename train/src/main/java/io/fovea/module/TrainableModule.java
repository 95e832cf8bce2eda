package io.fovea.module;

import io.fovea.batch.Batch;
import io.fovea.network.Network;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.weights.Weights;
import java.util.Optional;

/**
 * A network with weights that can predict and be trained; owns memory outside the heap or threads, so close it.
 *
 * <p>Both engines compute the same numbers up to rounding; equal input on equal settings gives equal bits. For one thread at a time.
 *
 * <p>Symbols: N pictures in the batch, K outputs, A auxiliary outputs, P parameters of which the first P' are trained and the others
 * frozen (see {@link ParameterVector}).
 */
public sealed interface TrainableModule extends AutoCloseable permits TorchModule, VectorModule {

    /** Returns what is computed. */
    Network network();

    /** Returns what computes, for people: engine, precision, threads. */
    String description();

    /** Returns K. */
    int outputs();

    /**
     * Computes the outputs of a batch. In training a network with A auxiliary outputs gives A + 1 blocks [N, K] one after the other: first the
     * main output, then the auxiliaries in the network's order. In prediction there is the main output alone.
     *
     * @param seed decides what dropout drops; the same seed drops the same
     * @return [N, K], or in training with auxiliary outputs [(A + 1)·N, K]; the array may be longer and is used again by the next call
     */
    float[] forward(Batch batch, Mode mode, long seed);

    /**
     * Computes the gradients that belong to the last {@link #forward} in training.
     *
     * @param outputGradient the loss's gradient by the outputs, in the layout that {@link #forward} gave: [N, K], then one such block
     *                       for each auxiliary output
     * @throws IllegalStateException if no forward pass in training came before
     */
    void backward(float[] outputGradient);

    /**
     * Judges the outputs of the last {@link #forward} in training and computes the gradients, where the outputs lie: maps of a whole batch are
     * then copied for no loss.
     *
     * @param targets of as many pictures as the batch had
     * @return the loss; empty if the engine leaves this loss to the caller, who judges the outputs and calls {@link #backward(float[])}
     * @throws IllegalStateException if no forward pass in training came before
     */
    Optional<Loss.Result> backward(Loss loss, Targets targets);

    /**
     * Returns the parameters, live and flat [P], in the order of {@link ParameterVector}. Write to the first P' alone, and call
     * {@link #parametersChanged} after that.
     */
    float[] parameters();

    /** Returns P', how many of the parameters are trained. */
    int trained();

    /** Returns what the last {@link #backward} computed, live, flat, at least [P']; an optimizer may overwrite it. */
    float[] gradients();

    /** Tells that the trained part of {@link #parameters} was written to. */
    void parametersChanged();

    /** Returns a copy of the numbers that layers keep beside their parameters, flat, in the order of {@link ParameterVector}. */
    float[] buffers();

    /** Returns a copy of all parameters and buffers under their names. */
    Weights weights();

    /**
     * Takes over parameters and buffers by name.
     *
     * @throws io.fovea.problem.Problem if one is missing or has another shape
     */
    void load(Weights weights);

    @Override
    void close();
}
