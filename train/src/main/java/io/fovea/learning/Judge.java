package io.fovea.learning;

import io.fovea.evaluation.Verdict;

/**
 * Takes the outputs of a model for the pictures of a split, each once and in their order, and says how good they are. Keeps no outputs.
 *
 * <p>For one thread.
 */
public interface Judge {

    /**
     * Judges the next picture.
     *
     * @param outputs holds the network's result for the picture from {@code offset} on
     * @throws io.fovea.problem.Problem if an output is NaN or infinite, as after a run that diverged
     */
    void add(float[] outputs, int offset);

    /**
     * Returns the verdict on all pictures.
     *
     * @throws IllegalStateException if some were not judged
     */
    Verdict verdict();
}
