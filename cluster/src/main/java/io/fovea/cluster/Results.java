package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What executors give, one after the other as it comes.
 *
 * @param <R> a result
 */
interface Results<R> {

    /**
     * One of them.
     *
     * @param number of the part that it is of
     */
    record Result<R>(int number, R value) {}

    /**
     * Waits for a result for a moment.
     *
     * @param listener hears that nobody is there
     * @param sofar    what was done until then, for a problem: empty where nothing was
     * @throws Problem if executors have failed, or nobody is there
     */
    Optional<Result<R>> next(Consumer<String> listener, Supplier<Optional<String>> sofar);

    /** Ends the moment for which {@link #next} waits. */
    void wake();
}
