package io.fovea.server;

import io.fovea.problem.Problem;

/** A problem that has a status of HTTP of its own. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;

    Refusal(int status, Problem problem) {
        super(problem);
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
