package io.fovea.batching;

import java.util.List;

/**
 * Answers questions several at once. Threads share it.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
public interface BatchRunner<Q, A> {

    /** Returns whether two questions can be answered in one run. */
    boolean together(Q first, Q other);

    /** Returns the answers in the order of the questions, all of which go {@link #together} with the first. */
    List<A> answers(List<Q> questions);

    /** Hears how long a question waited for a worker. */
    void waited(long nanoseconds);

    /** Hears of a run. */
    void ran(int pictures, long nanoseconds);
}
