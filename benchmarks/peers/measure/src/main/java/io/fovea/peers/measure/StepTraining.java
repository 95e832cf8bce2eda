package io.fovea.peers.measure;

import java.nio.FloatBuffer;

/**
 * A LeNet that some library trains, one step at a time: convolution 20 of 5x5, max pooling 2, convolution 50 of 5x5, max pooling 2,
 * dense 500, ReLU, dense 10; cross-entropy; SGD with momentum.
 *
 * <p>Used by one thread.
 */
public interface StepTraining extends AutoCloseable {

    /** Side of a picture, in pixels. */
    int SIDE = 28;

    /** K, the number of digits to tell apart. */
    int CLASSES = 10;

    /** Learning rate of every side. */
    float LEARNING_RATE = 0.01f;

    /** Momentum of every side. */
    float MOMENTUM = 0.9f;

    /**
     * Forward, backward and the update of the parameters; complete when it returns.
     *
     * @param pictures [N, 1, 28, 28] normalised, a direct buffer from position 0; used again for the next step
     * @param labels   [N]
     */
    void step(FloatBuffer pictures, int[] labels);

    /** Returns the loss of the last step: mean cross-entropy of its pictures, before the update. */
    float loss();

    @Override
    void close();
}
