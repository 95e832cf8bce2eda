package io.fovea.serve;

import io.fovea.problem.Problem;

/** A request that is not answered, with the status that HTTP has for it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Problem problem;

    Refusal(int status, Problem problem) {
        super(problem.getMessage(), null, false, false);
        this.status = status;
        this.problem = problem;
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }
}
