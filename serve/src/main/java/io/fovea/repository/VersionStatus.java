package io.fovea.repository;

import io.fovea.problem.Problem;
import java.util.Objects;
import java.util.Optional;

/**
 * How a version of a model stands.
 *
 * @param name    of the model
 * @param version its number
 * @param state   whether it answers
 * @param problem why it does not, if it failed
 */
public record VersionStatus(String name, long version, State state, Optional<Problem> problem) {

    /** Whether a version answers. */
    public enum State {
        /** It answers. */
        READY,
        /** It is there and not loaded: another one answers, or the model was unloaded. */
        ASIDE,
        /** It was loaded and did not prove itself, or cannot be read. */
        FAILED
    }

    /** Checks that nothing is missing. */
    public VersionStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(problem, "problem");
    }
}
