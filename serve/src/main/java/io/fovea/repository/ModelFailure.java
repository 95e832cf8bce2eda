package io.fovea.repository;

import io.fovea.problem.Problem;
import java.util.Objects;

/** A model that could not answer a question that was right. */
public final class ModelFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    ModelFailure(Problem problem) {
        super(problem.getMessage(), problem);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** Returns what is wrong, where, and what to do. */
    public Problem problem() {
        return problem;
    }
}
