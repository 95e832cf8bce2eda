package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.Serializable;
import java.util.Optional;

/** What came of a question on an executor. */
final class RemoteAnswer implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The question's place in the list of its call. */
    final int number;

    private final byte[] bytes;
    private final Problem problem;

    private RemoteAnswer(int number, byte[] bytes, Problem problem) {
        this.number = number;
        this.bytes = bytes;
        this.problem = problem;
    }

    static RemoteAnswer of(int number, byte[] bytes) {
        return new RemoteAnswer(number, bytes, null);
    }

    /** As a value: Spark would try a task that fails again elsewhere. */
    static RemoteAnswer of(int number, Problem problem) {
        return new RemoteAnswer(number, null, problem);
    }

    /** Of a question that was not begun, as all is to stop. */
    static RemoteAnswer none(int number) {
        return new RemoteAnswer(number, null, null);
    }

    /**
     * Returns the answer; empty if the question was not begun.
     *
     * @throws Problem that was the answer
     */
    Optional<byte[]> bytes() {
        if (problem != null) throw problem;
        return Optional.ofNullable(bytes);
    }
}
