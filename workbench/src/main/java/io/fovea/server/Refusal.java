package io.fovea.server;

import io.fovea.problem.Problem;
import java.util.function.Supplier;

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

    /**
     * Returns what is there.
     *
     * @throws Refusal with status 404, if looking for it is a problem
     */
    static <T> T orAbsent(Supplier<T> look) {
        try {
            return look.get();
        } catch (Problem absent) {
            throw new Refusal(404, absent);
        }
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }
}
