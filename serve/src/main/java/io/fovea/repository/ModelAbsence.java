package io.fovea.repository;

import io.fovea.problem.Problem;
import java.util.Objects;

/** A model or a version that does not answer. */
public final class ModelAbsence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether it could. */
    public enum Kind {
        /** Nothing of that name or number is there. */
        UNKNOWN,
        /** It is there and does not answer now. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final Problem problem;

    ModelAbsence(Kind kind, Problem problem) {
        super(problem.getMessage(), null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** Returns whether it could answer. */
    public Kind kind() {
        return kind;
    }

    /** Returns what is wrong, where, and what to do. */
    public Problem problem() {
        return problem;
    }
}
