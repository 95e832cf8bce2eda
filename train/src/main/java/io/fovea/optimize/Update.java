package io.fovea.optimize;

/** What happens to the parameters after a batch was taken backward. */
public sealed interface Update {

    /** Nothing yet: the batch's gradient waits for those of further batches. */
    record Wait() implements Update {}

    /**
     * They change by the gradient of this batch, or by the mean Σ w(b)·g(b) / Σ w(b) over it and those that wait, with g(b) the gradient of a
     * batch's mean loss and w(b) what that mean was divided by: just the gradient of the mean over all their pictures.
     *
     * @param learningRate above 0
     */
    record Step(double learningRate) implements Update {}
}
