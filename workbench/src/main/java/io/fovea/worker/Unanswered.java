package io.fovea.worker;

import io.fovea.problem.Problem;

/** A question that no worker answered, through no fault of the question: its process ended, took too long, or all are busy. Asking again may help. */
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Unanswered(Problem problem) {
        super(problem);
        this.problem = problem;
    }

    /** Returns what happened, where, and what to do. */
    public Problem problem() {
        return problem;
    }
}
