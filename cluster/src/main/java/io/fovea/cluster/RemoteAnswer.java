package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.Serializable;
import java.util.Optional;

/** What came of a question on an executor. */
sealed interface RemoteAnswer extends Serializable {

    /**
     * Returns the answer; empty if the question was not begun.
     *
     * @throws Problem that was the answer
     */
    Optional<byte[]> answer();

    /** The process's answer. */
    record Given(byte[] bytes) implements RemoteAnswer {

        @Override
        public Optional<byte[]> answer() {
            return Optional.of(bytes);
        }
    }

    /** What is in the way of any answer; as a value, for Spark would try a task that fails again elsewhere. */
    record Refused(Problem problem) implements RemoteAnswer {

        @Override
        public Optional<byte[]> answer() {
            throw problem;
        }
    }

    /** It was not begun, as all is to stop. */
    record NotBegun() implements RemoteAnswer {

        @Override
        public Optional<byte[]> answer() {
            return Optional.empty();
        }
    }
}
